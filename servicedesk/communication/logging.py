"""Write a talk down, once, however often the phone sends it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.calendar.clock import time_zone
from clients.models import ClientEnterprise, Site

from .models import CommunicationLog, Confirmation, LogPerson, LogTopic, Topic
from .offering import offer_evidence
from .parties import Party, parties

if TYPE_CHECKING:
    from agency.staff.models import StaffMember

Channel, Place = CommunicationLog.Channel, CommunicationLog.Place
# A talk written down after the day that follows it is marked: memory of people and places has faded by then.
LATE_AFTER = dt.timedelta(days=1)
CLOCKS_DIFFER = dt.timedelta(minutes=10)
REMOTE = frozenset({Channel.PHONE, Channel.WECHAT})
SITE_KINDS = {
    Place.WORKSHOP: Site.Kind.WORKSHOP,
    Place.DORMITORY: Site.Kind.DORMITORY,
    Place.CLIENT: Site.Kind.OFFICE,
}


class LogRefused(ValueError):
    """A talk cannot be written down as sent; `field` names what to mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as the form or the phone's queue brings it. `people` are keys of parties (w12, c3)."""

    uuid: uuid.UUID
    people: Sequence[str]
    channel: str
    place: str
    started_at: dt.datetime
    minutes: int
    topics: Sequence[int]
    said: str
    follow_up: str = ""
    follow_up_due: dt.date | None = None
    seconds: int | None = None


def write_log(staff: "StaffMember", talk: Talk) -> CommunicationLog:
    """Keep a talk and return it; the same uuid sent again returns the talk already kept.

    The client and the site follow from where the people were placed on that day. Raises `LogRefused` for people the
    specialist does not serve on that day, for people of two clients, for a talk in the future, and for a uuid that
    somebody else used.
    """
    if kept := _kept(staff, talk.uuid):
        return kept
    day = timezone.localtime(talk.started_at, time_zone()).date()
    people = _people(staff, talk, day)
    client = _one_client(people)
    if talk.started_at > timezone.now() + CLOCKS_DIFFER:
        raise LogRefused("started_at", _("This talk lies in the future. Write it down when it is over."))
    try:
        with transaction.atomic():
            log = _create(staff, talk, client, people, day)
    except IntegrityError:
        # The same form arrived twice at once: the other one was first.
        if kept := _kept(staff, talk.uuid):
            return kept
        raise
    record("communication.log.written", subject=log, people=len(people), late=log.is_late)
    offer_evidence(log)
    return log


def amend(log: CommunicationLog, *, topics: Sequence[int], said: str, follow_up: str, due: dt.date | None) -> None:
    """Change the words of a talk on the day it was written down; who, where and when stay.

    Raises `LogRefused` on a later day: what the other side confirmed must not move.
    """
    if not may_amend(log):
        raise LogRefused("said", _("A record can be changed on the day it was written down. Write a new one instead."))
    log.said, log.follow_up, log.follow_up_due = said.strip(), follow_up.strip(), due
    log.save(update_fields=["said", "follow_up", "follow_up_due"])
    log.topic_rows.exclude(topic__in=topics).delete()
    _add_topics(log, set(topics) - set(log.topic_rows.values_list("topic", flat=True)))


def may_amend(log: CommunicationLog) -> bool:
    """Tell whether the words can still be changed. Must not depend on the answers: that would give them away."""
    zone = time_zone()
    return timezone.localtime(log.entered_at, zone).date() == timezone.localtime(timezone.now(), zone).date()


def finish_follow_up(log: CommunicationLog) -> bool:
    """Mark what was promised as done; return False when it was already, or when nothing was promised."""
    open_ones = CommunicationLog.objects.filter(pk=log.pk, follow_up_due__isnull=False, follow_up_done_at=None)
    done = open_ones.update(follow_up_done_at=timezone.now()) == 1
    if done:
        record("communication.follow_up.done", subject=log)
    return done


def _kept(staff: "StaffMember", number: uuid.UUID) -> CommunicationLog | None:
    log = CommunicationLog.objects.filter(uuid=number).first()
    if log and log.staff_id != staff.pk:
        raise LogRefused("uuid", _("This form was already used. Open a new one; what you wrote can be copied over."))
    return log


def _people(staff: "StaffMember", talk: Talk, day: dt.date) -> list[Party]:
    found = parties(staff, talk.people, day)
    if not found:
        raise LogRefused("who", _("Choose whom you talked with."))
    if len(found) < len(set(talk.people)):
        raise LogRefused("who", _("Somebody chosen is not with your clients on that day. Choose again."))
    return list(found.values())


def _one_client(people: Sequence[Party]) -> ClientEnterprise:
    clients = {person.client.pk: person.client for person in people}
    if len(clients) > 1:
        names = "、".join(client.short_name for client in clients.values())
        raise LogRefused(
            "who", _("These people are with different clients (%(names)s). One record each.") % {"names": names}
        )
    return next(iter(clients.values()))


def compose(
    *,
    staff: "StaffMember",
    client: ClientEnterprise,
    site: Site | None,
    channel: str,
    place: str,
    started_at: dt.datetime,
    day: dt.date,
) -> CommunicationLog:
    """Make an unsaved talk of who, where, how and when. A call has no place; an entry after the next day is late."""
    now = timezone.now()
    remote = channel in REMOTE
    return CommunicationLog(
        staff=staff,
        client=client,
        site=None if remote else site,
        channel=channel,
        place=Place.ELSEWHERE if remote else place,
        started_at=started_at,
        day=day,
        entered_at=now,
        is_late=timezone.localtime(now, time_zone()).date() > day + LATE_AFTER,
    )


def _create(
    staff: "StaffMember", talk: Talk, client: ClientEnterprise, people: Sequence[Party], day: dt.date
) -> CommunicationLog:
    log = compose(
        staff=staff,
        client=client,
        site=_site(talk.place, client, people),
        channel=talk.channel,
        place=talk.place,
        started_at=talk.started_at,
        day=day,
    )
    log.uuid, log.minutes, log.seconds = talk.uuid, talk.minutes, talk.seconds
    log.said, log.follow_up, log.follow_up_due = talk.said.strip(), talk.follow_up.strip(), talk.follow_up_due
    log.save()
    rows = [LogPerson(log=log, worker_id=p.pk) if p.is_worker else LogPerson(log=log, contact_id=p.pk) for p in people]
    asked = LogPerson.objects.bulk_create(rows)
    Confirmation.objects.bulk_create(
        [Confirmation(log=log, person=person, link_made_at=log.entered_at) for person in asked]
    )
    _add_topics(log, talk.topics)
    return log


def _add_topics(log: CommunicationLog, topics: Sequence[int] | set[int]) -> None:
    known = Topic.objects.filter(pk__in=topics)
    LogTopic.objects.bulk_create([LogTopic(log=log, topic=topic) for topic in known])


def _site(place: str, client: ClientEnterprise, people: Sequence[Party]) -> Site | None:
    """Return where it was: where the people are placed, else the client's only site of that kind."""
    kind = SITE_KINDS.get(Place(place))
    if kind is None:
        return None
    theirs = [person.site for person in people if person.site and person.site.kind == kind]
    if theirs:
        return theirs[0]
    sites = list(Site.objects.filter(client=client, kind=kind, is_active=True)[:2])
    return sites[0] if len(sites) == 1 else None
