import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.tenancy.base import TenantModel


@audited()
class PaidOutside(TenantModel):
    """That wages of a run went out without a bank batch: how, why, who says so, and how much (fen).

    Never changed; what proves it may come later, once: a list signed by the workers, a transfer's number.
    """

    class How(models.TextChoices):
        CASH = "cash", _("In cash")
        OTHER_BANK = "other_bank", _("By another bank's own system")
        CLIENT = "client", _("By the client")

    run = models.OneToOneField("payroll.PayrollRun", models.PROTECT, related_name="paid_outside")
    how = models.CharField(_("How it was paid"), max_length=12, choices=How)
    reason = models.CharField(_("Why not by a bank file"), max_length=400)
    proof = models.CharField(_("What proves it"), max_length=200, blank=True, default="")
    amount_fen = models.BigIntegerField(_("Amount"))
    workers = models.PositiveIntegerField(_("Workers"))
    said_by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("payment outside")
        verbose_name_plural = _("payments outside")
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="payroll_outside_reason_ck"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="written_once", fields=["run", "how", "reason", "amount_fen", "workers", "said_by", "said_at"]
            ),
            pgtrigger.Protect(name="proven_once", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__proof="")),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.how}"
