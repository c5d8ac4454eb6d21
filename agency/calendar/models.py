from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.tenancy.base import TenantModel


@audited()
class CalendarDay(TenantModel):
    """A day on which the agency does otherwise than the public calendar says."""

    date = models.DateField(_("Date"))
    is_workday = models.BooleanField(_("People work on this day"))
    name = models.CharField(_("Occasion"), max_length=40, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("own day")
        verbose_name_plural = _("own days")
        ordering = ["date"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "date"], name="agency_calendarday_date_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}".strip()
