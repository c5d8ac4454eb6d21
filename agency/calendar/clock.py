"""Now, today and the workdays of an agency. Without an argument: of the active one."""

from contextlib import nullcontext
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.periods import Period
from agency.tenancy.context import current_agency, current_agency_id, tenant

from .workdays import WorkdayCalendar

if TYPE_CHECKING:
    from agency.tenancy.models import Agency


def time_zone(agency: "Agency | None" = None) -> ZoneInfo:
    """Return the agency's time zone. Raises `NoTenantContextError` when no agency is given or active."""
    return ZoneInfo((agency or current_agency()).time_zone)


def local_now(agency: "Agency | None" = None) -> datetime:
    """Return the moment as the agency's clocks show it."""
    return timezone.localtime(timezone.now(), time_zone(agency))


def today(agency: "Agency | None" = None) -> date:
    """Return the agency's local date."""
    return local_now(agency).date()


def calendar_for(agency: "Agency | None" = None) -> WorkdayCalendar:
    """Return the public calendar with the agency's own days on top; reads them once."""
    elsewhere = agency is not None and agency.pk != current_agency_id()
    with tenant(agency) if agency and elsewhere else nullcontext():
        own = apps.get_model("agency", "CalendarDay").objects.values_list("date", "is_workday", "name")
        return WorkdayCalendar({day: (is_workday, name) for day, is_workday, name in own})


def provisional_note(period: Period) -> str:
    """Return a warning to show beside dates of a month whose holidays are not announced yet, else nothing."""
    if not WorkdayCalendar().is_provisional(period):
        return ""
    return _("The holidays of %(year)d are not announced yet: these dates may still move.") % {"year": period.year}
