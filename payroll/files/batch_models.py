"""The batches in which wages go out, and their lines."""

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.privacy.fields import BlindIndexField, EncryptedTextField
from agency.privacy.retention import WAGE_RECORD, retain
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel

from .layout_models import FileLayout
from .made_models import MadeFile


def _person(name: Any, **options: Any) -> models.ForeignKey:
    return models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+", verbose_name=name, **options)


class BatchQuerySet(AgencyQuerySet):
    def waiting(self) -> Self:
        """Batches a second person has yet to release."""
        return self.filter(state=BankBatch.State.MADE)


class BatchManager(AgencyManager.from_queryset(BatchQuerySet)):  # type: ignore[misc]
    pass


@audited()
class BankBatch(TenantModel):
    """Wages of one run on their way to the bank (代发批次): made by one person, released by another.

    Where a bank takes so many rows a file and no more, batches made together are the `parts` of one payout, with
    numbers that follow each other.
    """

    class State(models.TextChoices):
        MADE = "made", _("Waiting for release")
        RELEASED = "released", _("Released")
        SETTLED = "settled", _("Every line answered")
        DROPPED = "dropped", _("Put aside")

    run = models.ForeignKey("payroll.PayrollRun", models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField(_("Number"))
    part = models.PositiveSmallIntegerField(_("Part"), default=1)
    parts = models.PositiveSmallIntegerField(_("Of parts"), default=1)
    layout = models.ForeignKey(FileLayout, models.PROTECT, related_name="+")
    file = models.ForeignKey(MadeFile, models.PROTECT, related_name="+")
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.MADE)
    count = models.PositiveIntegerField(_("Lines"))
    total_fen = models.BigIntegerField(_("Total"))
    maker = _person(_("Made by"))
    releaser = _person(_("Released by"), null=True)
    consented_by = _person(_("Paid out before the money came, by"), null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    objects = BatchManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("bank batch")
        verbose_name_plural = _("bank batches")
        ordering = ["-made_at", "-pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "run", "number"], name="payroll_batch_number_uq"),
            models.CheckConstraint(condition=~Q(releaser=F("maker")), name="payroll_batch_two_persons"),
            models.CheckConstraint(
                condition=~Q(consented_by=F("maker")) & ~Q(consented_by=F("releaser")),
                name="payroll_batch_consent_by_another",
            ),
            models.CheckConstraint(
                condition=Q(releaser__isnull=False) | ~Q(state__in=("released", "settled")),
                name="payroll_batch_released_by_ck",
            ),
            models.CheckConstraint(condition=Q(part__gte=1, part__lte=F("parts")), name="payroll_batch_part_ck"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="moves",
                field="state",
                transitions=[("made", "released"), ("made", "dropped"), ("released", "settled")],
            ),
            pgtrigger.ReadOnly(
                name="figures", fields=["run", "layout", "file", "count", "total_fen", "maker", "part", "parts"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} #{self.number}"


class BankLine(TenantModel):
    """One worker's wages in a batch, to which account. Of one run no worker has two lines that pay or may pay."""

    class State(models.TextChoices):
        OPEN = "open", _("On its way")
        PAID = "paid", _("In the account")
        FAILED = "failed", _("Came back")
        DROPPED = "dropped", _("Put aside")

    batch = models.ForeignKey(BankBatch, models.PROTECT, related_name="lines")
    run = models.ForeignKey("payroll.PayrollRun", models.PROTECT, related_name="+")
    worker = models.ForeignKey("workers.Worker", models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    bank = models.CharField(_("Bank"), max_length=60)
    holder = models.CharField(_("Account holder"), max_length=40)
    account = EncryptedTextField(_("Account number"), purpose="bank_account")
    account_index = BlindIndexField(source="account")
    amount_fen = models.BigIntegerField(_("Amount"))
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.OPEN)
    reason = models.CharField(_("What the bank says"), max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("bank line")
        verbose_name_plural = _("bank lines")
        ordering = ["batch_id", "serial"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["agency", "run", "worker"],
                condition=Q(state__in=("open", "paid")),
                name="payroll_line_never_twice",
            ),
            models.UniqueConstraint(fields=["agency", "batch", "serial"], name="payroll_line_serial_uq"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payroll_line_amount_ck"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="moves",
                field="state",
                transitions=[("open", "paid"), ("open", "failed"), ("open", "dropped"), ("paid", "failed")],
            ),
            pgtrigger.ReadOnly(
                name="figures", fields=["batch", "run", "worker", "amount_fen", "account_index", "holder"]
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.serial}"


retain(
    "payroll.BankLine",
    ["holder", "account", "account_index"],
    purpose="proof that wages were paid",
    keep=WAGE_RECORD,
)
