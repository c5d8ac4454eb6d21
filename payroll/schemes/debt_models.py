from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.tenancy.base import TenantModel
from payroll.runs.locking import CLOSED_WITH_RUN


@audited()
class WorkerDebt(TenantModel):
    """What a run advanced for a worker's own insurance in a month without pay (above 0), or held back of it (below 0).

    Only runs approved for good count; what a worker owes is the sum.
    """

    run = models.ForeignKey("payroll.PayrollRun", models.PROTECT, related_name="worker_debts")
    worker = models.ForeignKey("workers.Worker", models.PROTECT, related_name="debts")
    amount_fen = models.BigIntegerField(_("Advanced or held back"))
    by_hand = models.BooleanField(_("Settled by hand, not held back of wages"), default=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("debt of a worker")
        verbose_name_plural = _("debts of workers")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "run", "worker"], name="payroll_debt_uq"),
            models.CheckConstraint(condition=~Q(amount_fen=0), name="payroll_debt_amount_ck"),
        ]
        indexes = [models.Index(fields=["agency", "worker"], name="payroll_debt_worker_ix")]
        triggers = CLOSED_WITH_RUN

    def __str__(self) -> str:
        return f"{self.run_id} {self.worker_id}"
