from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.privacy.retention import DEDUCTION_RECORD, retain
from agency.tenancy.base import AgencyManager, TenantModel
from agency.validity import Valid, ValidityQuerySet
from payroll.balances.models import TaxOpeningBalance

from .kinds import CHOICES


class DeclarationQuerySet(ValidityQuerySet):
    def standing(self) -> Self:
        """Declarations that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def of_year(self, year: int) -> Self:
        """Declarations that hold in at least one month of a tax year."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=f"{year}-01-01"), valid_from__lte=f"{year}-12-31")


class DeclarationManager(AgencyManager.from_queryset(DeclarationQuerySet)):  # type: ignore[misc]
    pass


@audited()
class TaxDeclaration(Valid):
    """What a worker declares to lower the tax (专项附加扣除, 其他扣除, 减免): whole months, amounts in fen a month.

    `share` is the part taken in percent, of a relief the part of the tax that falls away; `amount_fen` of a relief is
    its limit a year. `shared` marks an amount agreed among siblings, `base_fen` is what an annuity is measured by.
    A withdrawn one counts for no month and stays as a record (61号 art. 13–16).
    """

    worker = models.ForeignKey("workers.Worker", models.PROTECT, related_name="tax_declarations")
    kind = models.CharField(_("Declared"), max_length=24, choices=CHOICES)
    amount_fen = models.BigIntegerField(_("Amount a month"), default=0)
    count = models.PositiveSmallIntegerField(_("For how many"), default=1)
    share = models.PositiveSmallIntegerField(_("Share (%)"), default=100)
    shared = models.BooleanField(_("Shared among siblings"), default=False)
    months_before = models.PositiveSmallIntegerField(_("Months deducted before"), default=0)
    base_fen = models.BigIntegerField(_("Base of the annuity"), default=0)
    note = models.CharField(_("Note"), max_length=60, blank=True)
    declared_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = DeclarationManager()

    class Meta(Valid.Meta):
        verbose_name = _("tax declaration")
        verbose_name_plural = _("tax declarations")
        ordering = ["kind", "valid_from", "pk"]
        constraints = [
            *Valid.Meta.constraints,
            models.CheckConstraint(condition=Q(valid_from__day=1), name="payroll_declaration_month_ck"),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=100, count__gte=1, amount_fen__gte=0),
                name="payroll_declaration_figures_ck",
            ),
        ]
        indexes = [models.Index(fields=["agency", "worker", "valid_from"], name="payroll_declaration_worker_ix")]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.kind}"


@audited()
class TaxYearChoice(TenantModel):
    """How a worker's basic deduction grows in a tax year, where the worker declared it or agreed on it (13号, 19号)."""

    worker = models.ForeignKey("workers.Worker", models.PROTECT, related_name="tax_years")
    tax_year = models.PositiveSmallIntegerField(_("Tax year"))
    basic_method = models.PositiveSmallIntegerField(_("Basic deduction"), choices=TaxOpeningBalance.Basic)
    source = models.CharField(_("What the worker showed"), max_length=120, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("choice of a tax year")
        verbose_name_plural = _("choices of tax years")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "worker", "tax_year"], name="payroll_tax_year_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.tax_year}"


retain(
    "payroll.TaxDeclaration",
    ["kind", "amount_fen", "note"],
    purpose="deduction the worker declared, which the employer must keep",
    keep=DEDUCTION_RECORD,
)
