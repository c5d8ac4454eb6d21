"""What the day's page asks the room of talks."""

import datetime as dt
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from agency.models import StaffMember
from agency.periods import Period

ROOM = "servicedesk.communication.coverage"


def whom_to_see(staff: StaffMember, on: dt.date) -> list[Any]:
    """Return whom the specialist should see, the most urgent first; nobody where talks are not kept."""
    return import_module(ROOM).whom_to_see(staff, on) if find_spec(ROOM) else []


def share_of_talk(staff: StaffMember, period: Period) -> Any:
    """Return the share of talks in a month's time (`percent`, `talk_minutes`, `routine_minutes`), or None."""
    return import_module(ROOM).share_of_talk(staff, period) if find_spec(ROOM) else None
