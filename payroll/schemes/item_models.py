"""The parts of a pay scheme as rows: its items, its banded tables, and amounts agreed with workers."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.money import MILLION, Rounding
from agency.tenancy.base import TenantModel
from agency.validity import Valid, no_overlap
from payroll.calculation.formulas import Kind
from payroll.calculation.items import Limit, Place, Source

MOST_FEN = 10**10


@audited()
class PayItem(TenantModel):
    """One pay item (薪资项目) of a scheme's version; `key` stays the same from version to version."""

    SOURCES = (
        (Source.AMOUNT.value, _("Amount in the attendance sheet")),
        (Source.QUANTITY.value, _("Quantity in the attendance sheet")),
        (Source.FIXED.value, _("Fixed amount")),
        (Source.PER_WORKER.value, _("Amount agreed with the worker")),
        (Source.RATE.value, _("Rate × quantity")),
        (Source.FORMULA.value, _("Formula")),
        (Source.ADVANCE.value, _("Repayment of wages paid in advance")),
    )
    PLACES = (
        (Place.BASE.value, _("Base wage")),
        (Place.ABSENCE.value, _("Absence")),
        (Place.ALLOWANCE.value, _("Allowance")),
        (Place.DEDUCTION.value, _("Deduction after tax")),
        (Place.NOTE.value, _("Only counted with")),
    )
    LIMITS = (
        (Limit.NONE.value, _("No limit")),
        (Limit.MINIMUM_WAGE.value, _("The minimum wage stays")),
        (Limit.DAMAGES.value, _("Damages: at most 20%, the minimum wage stays")),
    )
    ROUNDINGS = (
        (Rounding.HALF_UP_FEN.value, _("To the fen, half up")),
        (Rounding.HALF_UP_JIAO.value, _("To the jiao, half up")),
        (Rounding.HALF_UP_YUAN.value, _("To the yuan, half up")),
        (Rounding.UP_TO_YUAN.value, _("Up to the yuan")),
        (Rounding.CARRY_FEN_TO_JIAO.value, _("Fen carried to the jiao")),
        (Rounding.CARRY_JIAO_TO_YUAN.value, _("Jiao carried to the yuan")),
        (Rounding.DROP_LI.value, _("What is below a fen dropped")),
        (Rounding.DROP_FEN.value, _("Fen dropped")),
        (Rounding.DROP_JIAO.value, _("Jiao dropped")),
    )

    scheme = models.ForeignKey("payroll.PayScheme", models.CASCADE, related_name="items")
    key = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("Name"), max_length=30)
    source = models.CharField(_("Comes from"), max_length=12, choices=SOURCES)
    place = models.CharField(_("Stands as"), max_length=12, choices=PLACES, default=Place.ALLOWANCE.value)
    amount_fen = models.BigIntegerField(_("Amount"), default=0)
    rate_millionths = models.BigIntegerField(
        _("Rate for each"), default=0, validators=[MaxValueValidator(MILLION * MILLION)]
    )
    quantity = models.CharField(_("Quantity"), max_length=30, blank=True)
    formula = models.CharField(_("Formula"), max_length=500, blank=True)
    rounding = models.CharField(_("Rounding"), max_length=20, choices=ROUNDINGS, default=Rounding.HALF_UP_FEN.value)
    limit = models.CharField(_("Limit"), max_length=12, choices=LIMITS, default=Limit.NONE.value)
    taxable = models.BooleanField(_("Taxable"), default=True)
    insurance_base = models.BooleanField(_("Counts into the insurance base"), default=True)
    minimum_wage = models.BooleanField(_("Counts towards the minimum wage"), default=True)
    overtime_base = models.BooleanField(_("Counts into the overtime base"), default=False)
    billed = models.BooleanField(_("Billed to the client"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("pay item")
        verbose_name_plural = _("pay items")
        ordering = ["position", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "scheme", "key"], name="payroll_item_key_uq"),
            models.UniqueConstraint(fields=["agency", "scheme", "name"], name="payroll_item_name_uq"),
            models.CheckConstraint(
                condition=Q(amount_fen__gte=-MOST_FEN, amount_fen__lte=MOST_FEN), name="payroll_item_amount_ck"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class PayBandTable(TenantModel):
    """A banded table of a scheme's version: `bands` are rising pairs of "from" (fen or hundredths) and value."""

    KEYS = ((Kind.NUMBER.value, _("Days, months, pieces …")), (Kind.AMOUNT.value, _("Amount")))
    RESULTS = ((Kind.AMOUNT.value, _("Amount")), (Kind.NUMBER.value, _("Number or rate")))

    scheme = models.ForeignKey("payroll.PayScheme", models.CASCADE, related_name="tables")
    name = models.CharField(_("Name"), max_length=30)
    key = models.CharField(_("Counts by"), max_length=8, choices=KEYS, default=Kind.NUMBER.value)
    result = models.CharField(_("Gives"), max_length=8, choices=RESULTS, default=Kind.AMOUNT.value)
    bands: Any = models.JSONField(_("Bands"), default=list)

    class Meta(TenantModel.Meta):
        verbose_name = _("banded table")
        verbose_name_plural = _("banded tables")
        ordering = ["pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "scheme", "name"], name="payroll_band_table_uq"),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class WorkerItemAmount(Valid):
    """An amount agreed with one worker for one item of a client's scheme, from a day on; in fen."""

    worker = models.ForeignKey("workers.Worker", models.PROTECT, related_name="item_amounts")
    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="+")
    item_key = models.CharField(max_length=12)
    amount_fen = models.BigIntegerField(_("Amount"))

    class Meta(Valid.Meta):
        verbose_name = _("amount agreed with a worker")
        verbose_name_plural = _("amounts agreed with workers")
        constraints = [*Valid.Meta.constraints, no_overlap("payroll_item_amount_one", "worker", "client", "item_key")]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.item_key}"
