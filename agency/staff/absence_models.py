from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.validity import Valid, no_overlap


@audited()
class StaffAbsence(Valid):
    """Days `[valid_from, valid_to)` on which a colleague stands in for somebody; both days are known."""

    staff = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="absences")
    deputy = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="deputised_absences")
    recorded_by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta(Valid.Meta):
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            *Valid.Meta.constraints,
            no_overlap("agency_absence_one", "staff"),
            models.CheckConstraint(condition=Q(valid_to__isnull=False), name="agency_absence_has_end"),
            models.CheckConstraint(condition=~Q(staff=F("deputy")), name="agency_absence_somebody_else"),
        ]
        indexes = [models.Index(fields=["agency", "deputy", "valid_from"], name="agency_absence_deputy_ix")]

    def __str__(self) -> str:
        return f"{self.staff_id} → {self.deputy_id}"
