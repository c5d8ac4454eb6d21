from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.validity import Valid, no_overlap


@audited()
class CheckLimit(Valid):
    """How far a net wage may move from the mean of the last three months before somebody must look, by client."""

    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="check_limits")
    change_percent = models.PositiveSmallIntegerField(_("Change to look at (%)"))

    class Meta(Valid.Meta):
        verbose_name = _("check limit")
        verbose_name_plural = _("check limits")
        constraints = [
            *Valid.Meta.constraints,
            no_overlap("payroll_check_limit_one", "client"),
            models.CheckConstraint(
                condition=models.Q(change_percent__gte=1, change_percent__lte=100), name="payroll_check_limit_ck"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.change_percent}%"
