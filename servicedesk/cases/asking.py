"""Who stands behind a link, and what of a case they may read: their words, our answers, and no more."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agency.models import Agency
from agency.outside.links import BadLink
from agency.shell.formats import moment
from clients.models import ClientContact, ClientEnterprise, Site
from workers.models import Placement, Worker

from .links import CONTACT, AskLink, FollowLink, PosterLink
from .models import Case, CaseEntry
from .opening import Question, subject_of
from .states import State

SHOWN = (CaseEntry.Kind.ANSWER, CaseEntry.Kind.WORDS)


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody without an account, at a client: a worker, a contact, or anybody before a poster."""

    agency: Agency
    client: ClientEnterprise
    channel: str
    worker: Worker | None = None
    contact: ClientContact | None = None
    site: Site | None = None

    @property
    def greeting(self) -> str:
        """Address people by what the link says of them: a surname, never more."""
        if person := self.worker or self.contact:
            return _("%(surname)s, what is it?") % {"surname": person.name[:1]}
        return _("What is it?")

    @property
    def key(self) -> str:
        """Tell askers apart by what their links name."""
        person = self.worker or self.contact or self.site
        return f"{type(person).__name__}.{person.pk if person else 0}"

    @property
    def is_anonymous(self) -> bool:
        return self.worker is None and self.contact is None

    def question(self, given: dict[str, Any]) -> Question:
        """Return what they fill in as a question."""
        return Question(
            category=given["category"],
            client=self.client,
            subject=subject_of(given["text"]),
            text=given["text"],
            channel=self.channel,
            worker=self.worker,
            contact=self.contact,
            site=self.site,
            caller=given.get("caller", ""),
            phone=given.get("phone", ""),
            head_office_only=given["head_office_only"],
            uuid=given["uuid"],
        )


def who_asks(token: str) -> Asker:
    """Find the worker or contact of a link. Raises `BadLink` when gone, or never placed with a client."""
    link = AskLink.read(token)
    if link.kind == CONTACT:
        contact = ClientContact.objects.filter(pk=link.pk, is_active=True).select_related("client", "site", "agency")
        if (found := contact.first()) is None:
            raise BadLink
        return Asker(found.agency, found.client, Case.Channel.LINK, contact=found, site=found.site)
    placements = Placement.objects.filter(worker=link.pk).select_related("client", "site", "worker", "agency")
    if (last := placements.order_by("-valid_from").first()) is None:
        raise BadLink
    return Asker(last.agency, last.client, Case.Channel.LINK, worker=last.worker, site=last.site)


def behind_poster(token: str) -> Asker:
    """Find the site of a poster. Raises `BadLink` when it is not in use any more."""
    site = Site.objects.filter(pk=PosterLink.read(token).pk, is_active=True).select_related("client", "agency").first()
    if site is None:
        raise BadLink
    return Asker(site.agency, site.client, Case.Channel.POSTER, site=site)


def case_of(token: str) -> Case:
    """Find the case a link follows. Raises `BadLink` when there is none."""
    rows = Case.objects.select_related("agency", "category", "client", "merged_into")
    if (case := rows.filter(pk=FollowLink.read(token).pk).first()) is None:
        raise BadLink
    return case


def told(case: Case) -> list[dict[str, Any]]:
    """Return what the asker may read, oldest first: what they wrote and what we answered, without notes or names."""
    entries = CaseEntry.objects.filter(case=case, kind__in=SHOWN, other=None)
    return [
        {"is_ours": entry.kind == CaseEntry.Kind.ANSWER, "text": entry.text, "when": moment(entry.at)}
        for entry in entries
    ]


def may_rate(case: Case) -> bool:
    """Tell whether the asker may say how satisfied they are: an answer stands, and they have not said yet."""
    return case.rating is None and case.state in (State.ANSWERED, State.RESOLVED, State.CLOSED)
