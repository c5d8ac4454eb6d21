"""Wages paid in advance as rows: what was paid, what runs kept back of it, and what was agreed on since."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.tenancy.base import TenantModel


@audited()
class Advance(TenantModel):
    """Wages paid in advance (工资预支), and how they are kept back: so much a month from a month on; in fen."""

    worker = models.ForeignKey("workers.Worker", models.PROTECT, related_name="advances")
    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="+")
    paid_on = models.DateField(_("Paid on"))
    amount_fen = models.PositiveBigIntegerField(_("Amount"))
    monthly_fen = models.PositiveBigIntegerField(_("Kept back a month"))
    first_period = models.CharField(_("From month"), max_length=7)

    class Meta(TenantModel.Meta):
        verbose_name = _("advance")
        verbose_name_plural = _("advances")
        ordering = ["paid_on", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(monthly_fen__gt=0) & Q(monthly_fen__lte=models.F("amount_fen")),
                name="payroll_advance_monthly_ck",
            ),
        ]
        indexes = [models.Index(fields=["agency", "client", "worker"], name="payroll_advance_client_ix")]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.paid_on}"


class AdvanceRepayment(TenantModel):
    """What a run keeps back of an advance, in fen; written by the computation, stands once the run is approved."""

    advance = models.ForeignKey(Advance, models.PROTECT, related_name="repayments")
    run = models.ForeignKey("payroll.PayrollRun", models.PROTECT, related_name="+")
    amount_fen = models.PositiveBigIntegerField()

    class Meta(TenantModel.Meta):
        verbose_name = _("repayment of an advance")
        verbose_name_plural = _("repayments of advances")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "advance", "run"], name="payroll_repayment_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.advance_id} {self.amount_fen}"


@audited()
class AdvanceChange(TenantModel):
    """What was agreed on about an advance later: another part from a month on (0: a pause), or money paid back.

    Written once; of two about the same month the later one holds. Amounts in fen.
    """

    advance = models.ForeignKey(Advance, models.PROTECT, related_name="changes")
    from_period = models.CharField(_("From month"), max_length=7)
    monthly_fen = models.PositiveBigIntegerField(_("Kept back a month"), null=True)
    repaid_fen = models.PositiveBigIntegerField(_("Paid back"), default=0)
    repaid_on = models.DateField(_("Paid back on"), null=True)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("change of an advance")
        verbose_name_plural = _("changes of advances")
        ordering = ["pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(monthly_fen__isnull=False, repaid_fen=0, repaid_on=None)
                | Q(monthly_fen=None, repaid_fen__gt=0, repaid_on__isnull=False),
                name="payroll_advance_change_ck",
            ),
        ]
        indexes = [models.Index(fields=["agency", "advance"], name="payroll_advance_change_ix")]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.advance_id} {self.from_period}"
