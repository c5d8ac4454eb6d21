"""Gathers the models of the app's rooms."""

from agency.audit.models import BusinessEvent
from agency.staff.models import StaffMember, StaffRole, TotpDevice
from agency.tenancy.models import Agency, Branch, PlatformEvent

__all__ = ["Agency", "Branch", "BusinessEvent", "PlatformEvent", "StaffMember", "StaffRole", "TotpDevice"]
