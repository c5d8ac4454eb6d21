from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.validity import Valid, no_overlap


@audited()
class Assignment(Valid):
    """Which specialist serves which client, over time. One lead specialist a client at any time."""

    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="assignments")
    staff = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="assignments")
    is_lead = models.BooleanField(_("In charge"), default=True)

    class Meta(Valid.Meta):
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-valid_from"]
        constraints = [
            *Valid.Meta.constraints,
            no_overlap("clients_assignment_same_person", "client", "staff"),
            no_overlap("clients_assignment_one_lead", "client", condition=models.Q(is_lead=True)),
        ]
        indexes = [models.Index(fields=["agency", "staff", "client"], name="clients_assignment_staff_ix")]

    def __str__(self) -> str:
        return f"{self.staff} → {self.client}"
