"""Signed links for people without an account: ask, follow one case, and the poster of a site. Each names one thing."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from clients.models import ClientContact, Site
from workers.models import Worker

from .models import Case

WORKER, CONTACT = 0, 1


class BadLink(Exception):
    """The link was not made by us, or what it names has gone; `expired` when it was good once."""

    def __init__(self, expired: bool = False) -> None:
        super().__init__("expired" if expired else "bad")
        self.expired = expired


@dataclass(frozen=True, slots=True)
class Link:
    """What a link names. Each purpose has a salt of its own: no link opens another's page."""

    salt: ClassVar[str]
    life: ClassVar[timedelta]
    agency_id: int
    pk: int
    kind: int = 0

    def sign(self) -> str:
        parts = (self.agency_id, self.pk, self.kind)
        return TimestampSigner(salt=self.salt, sep="~").sign(".".join(map(int_to_base36, parts)))

    @classmethod
    def read(cls, token: str) -> Self:
        """Read a token. Raises `BadLink`."""
        try:
            text = TimestampSigner(salt=cls.salt, sep="~").unsign(token, max_age=cls.life)
            agency_id, pk, kind = map(base36_to_int, text.split("."))
        except SignatureExpired:
            raise BadLink(expired=True) from None
        except (BadSignature, ValueError):
            raise BadLink from None
        return cls(agency_id, pk, kind)


class AskLink(Link):
    """Lets one worker or contact ask; goes out with payslips and confirmations."""

    salt, life = "servicedesk.cases.ask", timedelta(days=180)


class FollowLink(Link):
    """Lets whoever asked read and answer in one case."""

    salt, life = "servicedesk.cases.follow", timedelta(days=180)


class PosterLink(Link):
    """Hangs on a wall: lets anybody at a site ask, without a name."""

    salt, life = "servicedesk.cases.poster", timedelta(days=400)


def ask_url(person: Worker | ClientContact, base: str = "") -> str:
    """Return the link by which a worker or contact asks; `base` is the address of the site (default: the settings')."""
    return (base or settings.SITE_URL).rstrip("/") + ask_path(person)


def ask_path(person: Worker | ClientContact) -> str:
    """Return the same link without the address of the site, for pages of the site itself."""
    kind = WORKER if isinstance(person, Worker) else CONTACT
    return reverse("servicedesk:ask", args=[AskLink(person.agency_id, person.pk, kind).sign()])


def follow_url(case: Case, base: str = "") -> str:
    """Return the link by which the asker follows a case."""
    return _url("servicedesk:follow", FollowLink(case.agency_id, case.pk), base)


def poster_url(site: Site, base: str = "") -> str:
    """Return the link of a site's poster."""
    return _url("servicedesk:ask_poster", PosterLink(site.agency_id, site.pk), base)


def _url(name: str, link: Link, base: str) -> str:
    return (base or settings.SITE_URL).rstrip("/") + reverse(name, args=[link.sign()])
