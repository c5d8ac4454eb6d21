"""The other side of a talk: workers placed at one's clients, and the clients' contacts."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from agency.permissions import visible
from agency.pinyin import person_search
from clients.models import ClientContact, ClientEnterprise, Site
from workers.models import Placement, Worker

if TYPE_CHECKING:
    from agency.staff.models import StaffMember

WORKER, CONTACT = "w", "c"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody to talk with. `key` is what forms and links carry: w12 a worker, c3 a contact."""

    key: str
    name: str
    client: ClientEnterprise
    site: Site | None
    note: str = ""

    @property
    def is_worker(self) -> bool:
        return self.key.startswith(WORKER)

    @property
    def pk(self) -> int:
        return int(self.key[1:])


def placements_for(staff: "StaffMember", on: dt.date) -> QuerySet[Placement]:
    """Return the placements, on a date, of the workers a person may talk with."""
    return (
        visible(staff, Placement, on)
        .valid_on(on)  # type: ignore[attr-defined]
        .select_related("worker", "client", "site")
        .defer("worker__identity_number", "worker__phone")  # lists need no personal numbers, and decrypting costs
        .order_by("worker__name_pinyin", "worker_id")
    )


def contacts_for(staff: "StaffMember", on: dt.date) -> QuerySet[ClientContact]:
    """Return the contacts, still there, whom a person may talk with on a date."""
    rows = visible(staff, ClientContact, on).filter(is_active=True)
    return rows.select_related("client", "site").defer("phone").order_by("name_pinyin", "pk")


def parties(staff: "StaffMember", keys: Iterable[str], on: dt.date) -> dict[str, Party]:
    """Look up keys among those a person may talk with on a date; what is unknown or not theirs is left out."""
    wanted = list(dict.fromkeys(keys))
    worker_ids, contact_ids = _ids(wanted, WORKER), _ids(wanted, CONTACT)
    found: dict[str, Party] = {}
    if worker_ids:
        found |= {p.key: p for p in map(worker_party, placements_for(staff, on).filter(worker__in=worker_ids))}
    if contact_ids:
        found |= {p.key: p for p in map(contact_party, contacts_for(staff, on).filter(pk__in=contact_ids))}
    return {key: found[key] for key in wanted if key in found}


def search(staff: "StaffMember", query: str, on: dt.date, limit: int = 8) -> list[Party]:
    """Find people by name, pinyin, initials, number or end of the phone number; nobody for an empty query."""
    if not query.strip():
        return []
    workers = person_search(Worker.objects.all(), query).values("pk")
    placed = placements_for(staff, on).filter(worker__in=workers)[:limit]
    contacts = person_search(contacts_for(staff, on), query)[:limit]
    return [*map(worker_party, placed), *map(contact_party, contacts)][:limit]


def worker_party(placement: Placement) -> Party:
    where = placement.site.name if placement.site else ""
    return Party(f"{WORKER}{placement.worker_id}", placement.worker.name, placement.client, placement.site, where)


def contact_party(contact: ClientContact) -> Party:
    return Party(f"{CONTACT}{contact.pk}", contact.name, contact.client, contact.site, contact.title)


def held_with(people: Iterable[Party]) -> Q:
    """Return the condition on `LogPerson` rows that concern any of these people."""
    keys = [person.key for person in people]
    return Q(worker__in=_ids(keys, WORKER)) | Q(contact__in=_ids(keys, CONTACT))


def _ids(keys: Iterable[str], kind: str) -> list[int]:
    return [int(key[1:]) for key in keys if key[:1] == kind and key[1:].isdecimal() and len(key) < 19]
