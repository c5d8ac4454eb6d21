from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.money import yuan
from payroll.two_persons import Draft, kept, second_person

from .debt_models import WorkerDebt


@audited()
class WriteOff(Draft):
    """What the agency bears itself of a month without pay: given up for good, with a reason and a second person.

    Always the whole of one advance that is settled by hand; `source` is the reason. No client is ever billed for it.
    """

    debt = models.ForeignKey(WorkerDebt, models.PROTECT, related_name="write_offs")

    class Meta(Draft.Meta):
        verbose_name = _("write-off")
        verbose_name_plural = _("write-offs")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            *Draft.Meta.constraints,
            second_person("payroll_write_off_second_person"),
            models.UniqueConstraint(
                fields=["agency", "debt"],
                condition=models.Q(state__in=["proposed", "approved"]),
                name="payroll_write_off_once",
            ),
        ]
        triggers = kept("debt")

    def __str__(self) -> str:
        return f"{self.debt.worker.name} {yuan(self.debt.amount_fen)}"
