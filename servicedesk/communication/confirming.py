"""Ask the other side, once, without an account: a signed link and its QR code, and the answer.

The first answer counts; the browser that gave it may change it for ten minutes. An answer on a device on which staff
have signed in, or on paper, weighs less and gives way to one from a device of the person's own. Answers that do not
count are kept as events for head office. Whoever answers sees the same thanks: a page must never tell the specialist
that a "no" came before.
"""

from datetime import datetime, timedelta

import segno
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agency.audit import record
from agency.models import StaffMember
from agency.notifications.sending import notify_all
from agency.outside.links import BadLink
from agency.permissions import Role

from .links import LINK_LIFE, Grip, Link, second
from .models import Confirmation, LogPerson

Answer = Confirmation.Answer
CHANGEABLE_FOR = timedelta(minutes=10)


def link_for(person: LogPerson, base: str = "") -> str:
    """Return the link that asks a person; `base` is the address of the site (default: the settings').

    The link stays the same until it expires; then the next call makes a new one and the old one is dead.
    """
    confirmation, now = person.confirmation, timezone.now()
    if confirmation.link_made_at is None or confirmation.link_made_at + LINK_LIFE < now:
        confirmation.link_made_at = now
        confirmation.save(update_fields=["link_made_at"])
    assert person.agency_id is not None
    token = Link(person.agency_id, person.pk, second(confirmation.link_made_at)).sign()
    return (base or settings.SITE_URL).rstrip("/") + reverse("servicedesk:confirm", args=[token])


def qr_of(link: str) -> str:
    """Draw a link as a QR code, an SVG in a data URI."""
    return segno.make(link, error="m", micro=False).svg_data_uri(border=2, light="#fff", dark="#142027")


def asked(link: Link) -> Confirmation:
    """Find what a link asks; call inside its agency.

    Raises `BadLink` when it has gone, expired when a newer link took its place.
    """
    rows = Confirmation.objects.select_related("log__staff", "log__site", "person__worker", "person__contact", "agency")
    confirmation = rows.filter(person=link.person_id).first()
    if confirmation is None or confirmation.link_made_at is None:
        raise BadLink
    if second(confirmation.link_made_at) != link.made:
        raise BadLink(expired=True)
    return confirmation


def answer(confirmation: Confirmation, given: str, *, same_device: bool, grip: Grip | None = None) -> Grip:
    """Take an answer and return the grip on it. Safe to send twice."""
    now = timezone.now().replace(microsecond=0)
    if _counts(confirmation, given, same_device, grip, now):
        record("communication.confirmation.answered", subject=confirmation, answer=given, same_device=same_device)
        if given != Answer.YES:
            _tell_head_office(confirmation, given)
        return Grip(confirmation.person_id, second(confirmation.answered_at or now), given)
    record("communication.confirmation.repeated", subject=confirmation, answer=given, same_device=same_device)
    return Grip(confirmation.person_id, second(now), given)


def may_change(grip: Grip) -> bool:
    """Tell whether ten minutes have not passed since the answer."""
    return second(timezone.now()) <= grip.answered + CHANGEABLE_FOR.total_seconds()


def comment(confirmation: Confirmation, grip: Grip, *, rating: int | None, remark: str) -> bool:
    """Keep a rating and a remark with the answer they belong to: once, or again within ten minutes."""
    if not _holds(confirmation, grip) or ((confirmation.rating or confirmation.remark) and not may_change(grip)):
        return False
    confirmation.rating = rating if confirmation.answer == Answer.YES else None
    confirmation.remark = remark.strip()[:400]
    confirmation.save(update_fields=["rating", "remark"])
    return True


def _counts(confirmation: Confirmation, given: str, same_device: bool, grip: Grip | None, now: datetime) -> bool:
    """Store the answer when it is the first, outweighs a weaker one, or changes one's own; claim it by an UPDATE."""
    rows = Confirmation.objects.filter(pk=confirmation.pk)
    if grip and _holds(confirmation, grip) and may_change(grip):
        changed = rows.filter(answer=confirmation.answer).update(answer=given, rating=None)
    else:
        open_to_us = Q(answer=None) if same_device else Q(answer=None) | Q(same_device=True) | Q(on_paper=True)
        changed = rows.filter(open_to_us).update(
            answer=given, answered_at=now, same_device=same_device, on_paper=False, rating=None, remark=""
        )
    confirmation.refresh_from_db(fields=["answer", "answered_at", "same_device", "on_paper", "rating", "remark"])
    return changed == 1


def _holds(confirmation: Confirmation, grip: Grip) -> bool:
    return confirmation.answered_at is not None and second(confirmation.answered_at) == grip.answered


def _tell_head_office(confirmation: Confirmation, given: str) -> None:
    log = confirmation.log
    title = {
        Answer.NO: _("Somebody says there was no such talk"),
        Answer.UNSURE: _("Somebody does not remember a talk"),
    }[Answer(given)]
    notify_all(
        StaffMember.objects.holding(Role.REVIEWER).exclude(pk=log.staff_id),
        "communication.doubted",
        title,
        reverse("servicedesk:log", args=[log.pk]),
        body=str(log),
        key=f"confirmation-{confirmation.pk}-{given}",
    )
