"""Gathers the models of the app's rooms."""

from agency.audit.models import BusinessEvent
from agency.calendar.models import CalendarDay
from agency.notifications.models import Notification
from agency.progress.models import BackgroundJob
from agency.staff.absence_models import StaffAbsence
from agency.staff.models import StaffMember, StaffRole, TotpDevice
from agency.tenancy.models import Agency, Branch, PlatformEvent
from agency.uploads.models import FindingsPage, KnownHeader, Upload

__all__ = [
    "Agency",
    "BackgroundJob",
    "Branch",
    "BusinessEvent",
    "CalendarDay",
    "FindingsPage",
    "KnownHeader",
    "Notification",
    "PlatformEvent",
    "StaffAbsence",
    "StaffMember",
    "StaffRole",
    "TotpDevice",
    "Upload",
]
