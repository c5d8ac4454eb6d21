"""The names a phone keeps, so that people are found without a signal."""

import datetime as dt
from typing import TYPE_CHECKING

from agency.pinyin import initials, sort_key
from servicedesk.communication.coverage import contacts_to_see, whom_to_see
from servicedesk.communication.parties import Party

if TYPE_CHECKING:
    from agency.staff.models import StaffMember


def people_of(staff: "StaffMember", on: dt.date) -> list[dict[str, str]]:
    """List workers and contacts of one's own clients by need: key, name, how to find it, where. No numbers."""
    return [_row(whom.party) for whom in [*whom_to_see(staff, on), *contacts_to_see(staff, on)]]


def _row(party: Party) -> dict[str, str]:
    return {
        "key": party.key,
        "name": party.name,
        "pinyin": sort_key(party.name).replace(" ", ""),
        "initials": initials(party.name),
        "note": party.note,
        "client": party.client.short_name,
    }
