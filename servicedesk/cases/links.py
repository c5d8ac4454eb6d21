"""Signed links for people without an account: ask, follow one case, and the poster of a site. Each names one thing."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.urls import reverse

from agency.outside.links import Seal
from clients.models import ClientContact, Site
from workers.models import Worker

from .models import Case

WORKER, CONTACT = 0, 1


@dataclass(frozen=True, slots=True)
class Link:
    """What a link names."""

    seal: ClassVar[Seal]
    agency_id: int
    pk: int
    kind: int = 0

    def sign(self) -> str:
        return self.seal.sign(self.agency_id, self.pk, self.kind)

    @classmethod
    def read(cls, token: str) -> Self:
        """Read a token. Raises `BadLink`."""
        return cls(*cls.seal.read(token, 3))


class AskLink(Link):
    """Lets one worker or contact ask; goes out with payslips and confirmations."""

    seal = Seal("servicedesk.cases.ask", timedelta(days=180))


class FollowLink(Link):
    """Lets whoever asked read and answer in one case."""

    seal = Seal("servicedesk.cases.follow", timedelta(days=180))


class PosterLink(Link):
    """Hangs on a wall: lets anybody at a site ask, without a name."""

    seal = Seal("servicedesk.cases.poster", timedelta(days=400))


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
