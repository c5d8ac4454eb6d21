"""Whom the form offers: those one mostly means, before a name is typed."""

import datetime as dt
from typing import TYPE_CHECKING

from .coverage import whom_to_see
from .models import LogPerson
from .parties import CONTACT, WORKER, Party, parties, search

if TYPE_CHECKING:
    from agency.staff.models import StaffMember

OFFERED, RECENT = 5, 3


def offered(staff: "StaffMember", chosen: list[Party], query: str, on: dt.date) -> list[Party]:
    """Return whom to offer beside those chosen: what the query finds, else the last met and the longest not seen."""
    taken = {party.key for party in chosen}
    found = search(staff, query, on) if query.strip() else _likely(staff, chosen, on)
    return [party for party in found if party.key not in taken][:OFFERED]


def _likely(staff: "StaffMember", chosen: list[Party], on: dt.date) -> list[Party]:
    due = [whom.party for whom in whom_to_see(staff, on)]
    if chosen:
        # People talk in groups: those of the same place come first.
        site = chosen[0].site
        return sorted(due, key=lambda party: (party.client != chosen[0].client, site is None or party.site != site))
    recent = parties(staff, _recent_keys(staff), on)
    return list({party.key: party for party in [*recent.values(), *due]}.values())


def _recent_keys(staff: "StaffMember") -> list[str]:
    rows = LogPerson.objects.filter(log__staff=staff).order_by("-log__entered_at", "pk")
    keys = [f"{WORKER}{w}" if w else f"{CONTACT}{c}" for w, c in rows.values_list("worker", "contact")[: 4 * RECENT]]
    return list(dict.fromkeys(keys))[:RECENT]
