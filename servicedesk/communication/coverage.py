"""Whom to see next, whom the month has reached, and how much of the time went into talking."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max, QuerySet, Sum
from django.urls import reverse

from agency.calendar import today
from agency.periods import Period
from clients.models import ClientEnterprise
from servicedesk.workflow import queries as workflow

from .models import CommunicationLog, LogPerson
from .parties import CONTACT, WORKER, Party, contact_party, contacts_for, placements_for, worker_party

if TYPE_CHECKING:
    from agency.staff.models import StaffMember

NEWCOMER_DAYS = 7
SOON, URGENT = 14, 30
# A dormitory visit is being there: a talk or a round, not a call.
VISITS = (CommunicationLog.Channel.FACE, CommunicationLog.Channel.PATROL)


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody to see: `days` since the last talk, or since they came; None is a newcomer nobody has met yet.

    `with_us` is the day of the placement, counted from 1.
    """

    party: Party
    days: int | None
    with_us: int

    @property
    def name(self) -> str:
        return self.party.name

    @property
    def client(self) -> ClientEnterprise:
        return self.party.client

    @property
    def where(self) -> str:
        return self.party.note

    @property
    def url(self) -> str:
        kind = "worker" if self.party.is_worker else "contact"
        return f"{reverse('servicedesk:log_new')}?{kind}={self.party.pk}"

    @property
    def is_new(self) -> bool:
        return self.days is None


def whom_to_see(staff: "StaffMember", on: dt.date, limit: int | None = None) -> list[Whom]:
    """Order a specialist's workers by need: newcomers nobody has met, then by days since the last talk.

    A newcomer should be met within 7 days of coming; after that the days since coming count. Any colleague's talk
    counts: what matters is that somebody of the agency listened.
    """
    placed = list(placements_for(staff, on))
    last = last_talks([placement.worker_id for placement in placed], WORKER)
    people = [
        _whom(worker_party(placement), last.get(placement.worker_id), placement.valid_from, on) for placement in placed
    ]
    people.sort(key=lambda whom: (not whom.is_new, -(whom.days or whom.with_us)))
    return people[:limit]


def contacts_to_see(staff: "StaffMember", on: dt.date, limit: int | None = None) -> list[Whom]:
    """Order the contacts of a specialist's clients by days since the last talk; those never met come first."""
    contacts = list(contacts_for(staff, on))
    last = last_talks([contact.pk for contact in contacts], CONTACT)
    people = [
        Whom(contact_party(contact), (on - last[contact.pk]).days if contact.pk in last else None, 0)
        for contact in contacts
    ]
    people.sort(key=lambda whom: (not whom.is_new, -(whom.days or 0)))
    return people[:limit]


def last_talks(ids: Iterable[int], kind: str) -> dict[int, dt.date]:
    """Return the day of the last talk with each worker ("w") or contact ("c"); those without one are missing."""
    field = "worker" if kind == WORKER else "contact"
    rows = LogPerson.objects.filter(**{f"{field}__in": list(ids)}).values(field).annotate(last=Max("log__day"))
    return {row[field]: row["last"] for row in rows}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a month's talks have reached. `workers` and `contacts` are counted once however often they were met."""

    workers: int
    workers_met: int
    contacts: int
    contacts_met: int
    dormitory_visits: int
    talks: int
    minutes: int

    @property
    def workers_percent(self) -> int:
        return _percent(self.workers_met, self.workers)

    @property
    def contacts_percent(self) -> int:
        return _percent(self.contacts_met, self.contacts)


def coverage(staff: "StaffMember", period: Period, client: ClientEnterprise | None = None) -> Coverage:
    """Count a specialist's talks of a month against the workers and contacts there are at its last day (or today)."""
    on = min(period.last_day, today())
    logs = _logs(staff, period, client)
    met = met_in(staff, period, client)
    sums = logs.aggregate(talks=Count("pk"), minutes=Sum("minutes"))
    return Coverage(
        workers=_of(placements_for(staff, on), client).values("worker").distinct().count(),
        workers_met=met["workers"],
        contacts=_of(contacts_for(staff, on), client).count(),
        contacts_met=met["contacts"],
        dormitory_visits=met["dormitory"],
        talks=sums["talks"],
        minutes=sums["minutes"] or 0,
    )


def met_in(staff: "StaffMember", period: Period, client: ClientEnterprise | None = None) -> dict[str, int]:
    """Count, for a month, different workers and contacts talked with, and dormitory visits on different days."""
    logs = _logs(staff, period, client)
    people = LogPerson.objects.filter(log__in=logs).aggregate(
        workers=Count("worker", distinct=True), contacts=Count("contact", distinct=True)
    )
    visits = dormitory_visits(staff, period, client)
    return {**people, "dormitory": visits.order_by().values("client", "site", "day").distinct().count()}


def dormitory_visits(
    staff: "StaffMember", period: Period, client: ClientEnterprise | None = None
) -> "QuerySet[CommunicationLog]":
    """Return the talks held in dormitories, being there, in a month."""
    return _logs(staff, period, client).filter(place=CommunicationLog.Place.DORMITORY, channel__in=VISITS)


def is_dormitory_visit(log: CommunicationLog) -> bool:
    return log.place == CommunicationLog.Place.DORMITORY and log.channel in VISITS


@dataclass(frozen=True, slots=True)
class Share:
    """Minutes of talks against estimated minutes of routine tasks done; the goal is two thirds."""

    talk_minutes: int
    routine_minutes: int

    @property
    def percent(self) -> int | None:
        """Give the share of talks in whole per cent, half up; None while there is nothing to compare."""
        total = self.talk_minutes + self.routine_minutes
        return (200 * self.talk_minutes + total) // (2 * total) if total else None


def share_of_talk(staff: "StaffMember", period: Period) -> Share:
    """Compare the minutes a specialist talked in a month with the estimate for the routine tasks they closed."""
    minutes = _logs(staff, period).aggregate(sum=Sum("minutes"))["sum"] or 0
    return Share(minutes, workflow.routine_minutes(staff, period))


def _percent(part: int, whole: int) -> int:
    """Whole per cent, rounded down; people who have left since may be among those met."""
    return min(part * 100 // whole, 100) if whole else 0


def _whom(party: Party, last: dt.date | None, since: dt.date, on: dt.date) -> Whom:
    with_us = (on - since).days + 1
    if last is not None and last >= since:
        return Whom(party, (on - last).days, with_us)
    return Whom(party, None if with_us <= NEWCOMER_DAYS else (on - since).days, with_us)


def _logs(staff: "StaffMember", period: Period, client: ClientEnterprise | None = None) -> "QuerySet[CommunicationLog]":
    return _of(CommunicationLog.objects.of_period(period).filter(staff=staff), client)


def _of(rows: QuerySet, client: ClientEnterprise | None) -> QuerySet:
    return rows if client is None else rows.filter(client=client)
