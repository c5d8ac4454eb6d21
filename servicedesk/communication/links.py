"""Signed links: what they say, and why one is not good any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.http import base36_to_int, int_to_base36

from agency.outside.links import BadLink

LINK_LIFE = timedelta(days=14)
_link = Signer(salt="servicedesk.communication.confirm", sep="~")
_grip = Signer(salt="servicedesk.communication.answered", sep="~")


@dataclass(frozen=True, slots=True)
class Link:
    """Which person of which agency is asked; `made` is the second the link was made."""

    agency_id: int
    person_id: int
    made: int

    def sign(self) -> str:
        return _link.sign(".".join(map(int_to_base36, (self.agency_id, self.person_id, self.made))))


@dataclass(frozen=True, slots=True)
class Grip:
    """What the answering browser holds: it alone may change the answer. Says what was answered, and when first."""

    person_id: int
    answered: int
    answer: str

    def sign(self) -> str:
        return _grip.sign(f"{int_to_base36(self.person_id)}.{int_to_base36(self.answered)}.{self.answer}")


def read_link(token: str) -> Link:
    """Read a link. Raises `BadLink`, expired after 14 days."""
    try:
        link = Link(*map(base36_to_int, _link.unsign(token).split(".")))
    except (BadSignature, ValueError, TypeError):
        raise BadLink from None
    if link.made + LINK_LIFE.total_seconds() < timezone.now().timestamp():
        raise BadLink(expired=True)
    return link


def read_grip(text: str, person_id: int) -> Grip | None:
    """Read a grip on one person's answer, or None when it is not one."""
    try:
        person, answered, answer = _grip.unsign(text).split(".")
        grip = Grip(base36_to_int(person), base36_to_int(answered), answer)
    except (BadSignature, ValueError):
        return None
    return grip if grip.person_id == person_id else None


def second(moment: datetime) -> int:
    return int(moment.timestamp())
