"""A specialist's tasks as a calendar (RFC 5545) behind a private address that phones ask without signing in."""

import datetime as dt
import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from agency.audit import record
from agency.models import StaffMember
from servicedesk.workflow.feed_models import CalendarLink
from servicedesk.workflow.plan_models import Task

BACK, AHEAD = dt.timedelta(days=31), dt.timedelta(days=62)
_signer = Signer(salt="servicedesk.workflow.calendar", sep="~")


class BadFeed(Exception):
    """The address was not made by us, was replaced, or belongs to somebody who left."""


def make_link(staff: StaffMember) -> CalendarLink:
    """Give a person a new address; the one before stops answering."""
    secret = secrets.token_urlsafe(24)
    link, _created = CalendarLink.objects.update_or_create(staff=staff, defaults={"secret": secret})
    record("workflow.calendar_link.made", subject=link, actor=staff)
    return link


def drop_link(staff: StaffMember) -> None:
    """Take the address back. Safe to repeat."""
    for link in CalendarLink.objects.filter(staff=staff):
        record("workflow.calendar_link.dropped", subject=link, actor=staff)
        link.delete()


def url_of(link: CalendarLink) -> str:
    """Return the whole address, to be kept by its person alone."""
    token = _signer.sign(f"{int_to_base36(link.agency_id)}.{int_to_base36(link.pk)}.{link.secret}")
    return settings.SITE_URL.rstrip("/") + reverse("servicedesk:calendar_feed", args=[token])


def read(token: str) -> tuple[int, int, str]:
    """Return (agency, link, secret). Raises `BadFeed`."""
    try:
        agency_id, pk, secret = _signer.unsign(token).split(".")
        return base36_to_int(agency_id), base36_to_int(pk), secret
    except (BadSignature, ValueError):
        raise BadFeed from None


def owner(pk: int, secret: str) -> StaffMember:
    """Return whose calendar it is, inside their agency. Raises `BadFeed`."""
    link = CalendarLink.objects.select_related("staff").filter(pk=pk).first()
    if link is None or not link.staff.is_active or not constant_time_compare(link.secret, secret):
        raise BadFeed
    return link.staff


def calendar_of(staff: StaffMember, on: dt.date) -> bytes:
    """Write the tasks due from a month ago to two months ahead, each as a whole day: the last one it may be done on.

    A task keeps its identity, so that a phone moves an entry when the day moves; set aside, it disappears.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Zhudian//Tasks//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Zhudian: tasks"))
    calendar.add("refresh-interval", dt.timedelta(hours=4), parameters={"VALUE": "DURATION"})
    rows = Task.objects.filter(staff=staff, due_on__range=(on - BACK, on + AHEAD)).exclude(state=Task.State.SKIPPED)
    for task in rows.select_related("client", "step").order_by("due_on", "pk"):
        calendar.add_component(_event(task))
    return calendar.to_ical()


def _event(task: Task) -> Event:
    event = Event()
    mark = "" if task.is_open else "✓ "
    event.add("uid", f"task-{task.agency_id}-{task.pk}@zhudian")
    event.add("dtstamp", timezone.now())
    event.add("summary", f"{mark}{task.client.short_name} {task.label}")
    event.add("dtstart", task.due_on)
    event.add("dtend", task.due_on + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("url", settings.SITE_URL.rstrip("/") + reverse("servicedesk:task", args=[task.pk]))
    return event
