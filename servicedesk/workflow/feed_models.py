from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.tenancy.base import TenantModel


class CalendarLink(TenantModel):
    """The private address of one person's tasks for the calendar of their phone. A new secret ends the old address."""

    staff = models.OneToOneField("agency.StaffMember", models.CASCADE, related_name="calendar_link")
    secret = models.CharField(max_length=43)
    made_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")

    def __str__(self) -> str:
        return str(self.staff_id)
