from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel
from agency.tenancy.statement_keys import StatementKeys


class DisputeQuerySet(AgencyQuerySet):
    def waiting(self) -> Self:
        """Disputes nobody has answered."""
        return self.filter(answered_at=None)


class DisputeManager(AgencyManager.from_queryset(DisputeQuerySet)):  # type: ignore[misc]
    pass


class PayslipDispute(TenantModel):
    """One item is wrong, says the worker; what we answered stays with it. Kept as long as the wage record."""

    class Outcome(models.TextChoices):
        EXPLAINED = "explained", _("The payslip is right, explained")
        CORRECTED = "corrected", _("The payslip is wrong, corrected by a run")

    payslip = models.ForeignKey("payroll.Payslip", models.PROTECT, related_name="disputes", db_constraint=False)
    said = models.CharField(_("What seems wrong"), max_length=400)
    raised_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(_("Outcome"), max_length=10, choices=Outcome, blank=True)
    answer = models.CharField(_("Answer to the worker"), max_length=400, blank=True)
    answered_by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)

    objects = DisputeManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("payslip dispute")
        verbose_name_plural = _("payslip disputes")
        ordering = ["-raised_at", "-pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            StatementKeys(fields=["payslip"], name="payroll_payslipdispute_key"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="", outcome="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="") & ~Q(outcome="")),
                name="payroll_dispute_answered_ck",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-raised_at"], name="payroll_dispute_raised_ix"),
            models.Index(
                fields=["agency", "raised_at"], name="payroll_dispute_waiting_ix", condition=Q(answered_at=None)
            ),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.payslip_id)
