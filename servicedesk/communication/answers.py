"""What one may know of the answers: the promise to the people asked, kept in one place.

A "no" and a "don't remember" go to head office only. To the specialist, and to whoever held the talk whatever other
roles they have, such a person looks like one who has not answered yet; ratings below "very good" and remarks likewise.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from agency.permissions import can

from .models import CommunicationLog, Confirmation, LogPerson

if TYPE_CHECKING:
    from agency.staff.models import StaffMember

Answer, Rating = Confirmation.Answer, Confirmation.Rating
DOUBTS = "communication.doubt.view"


@dataclass(frozen=True, slots=True)
class Said:
    """One person's answer as one viewer may know it. `state` is a badge's: done, warn, bad, todo."""

    person: LogPerson
    state: str
    label: str
    text: str = ""
    remark: str = ""

    @property
    def is_open(self) -> bool:
        return self.state == "todo"


def may_know(viewer: "StaffMember", log: CommunicationLog) -> bool:
    """Tell whether a viewer may know every answer about a talk; nobody may about their own."""
    return log.staff_id != viewer.pk and can(viewer, DOUBTS)


def said_of(log: CommunicationLog, viewer: "StaffMember") -> list[Said]:
    """Return what each person of a talk says of it, as far as the viewer may know."""
    every = may_know(viewer, log)
    return [_said(person, every) for person in log.people.all()]


def in_sum(said: list[Said]) -> Said:
    """Put several people's answers into one: the worst if somebody objects, the common one, or how many confirmed."""
    objecting = [one for one in said if one.state == "bad"]
    if objecting or len({one.label for one in said}) == 1:
        return (objecting or said)[0]
    label = _("%(yes)d of %(all)d confirmed") % {"yes": sum(one.state == "done" for one in said), "all": len(said)}
    return Said(said[0].person, "todo" if any(one.is_open for one in said) else "warn", label)


def doubtful(viewer: "StaffMember") -> QuerySet[Confirmation]:
    """Return the answers that do not bear a record out, newest first; never those about the viewer's own talks."""
    rows = Confirmation.objects.doubtful().exclude(log__staff=viewer)
    return rows.select_related("log__staff", "log__client", "log__site", "person__worker", "person__contact").order_by(
        "-answered_at", "-pk"
    )


def with_answer(logs: "QuerySet[CommunicationLog]", wanted: str, viewer: "StaffMember") -> "QuerySet[CommunicationLog]":
    """Filter talks by what came back: `confirmed`, `weak` (a yes that weighs less), `waiting`, and for head office
    `doubt`. A doubt counts as waiting to whoever may not know it.
    """
    answers = Confirmation.objects.filter(log=OuterRef("pk"))
    yes = Exists(answers.filter(answer=Answer.YES))
    full = Exists(answers.full())
    hidden = Q(staff=viewer) if can(viewer, DOUBTS) else Q()
    doubt = Exists(answers.doubtful())
    if wanted == "confirmed":
        return logs.filter(full)
    if wanted == "weak":
        return logs.filter(yes).exclude(full)
    if wanted == "waiting":
        silent = logs.exclude(yes)
        return silent.filter(~doubt | hidden) if can(viewer, DOUBTS) else silent
    if wanted == "doubt" and can(viewer, DOUBTS):
        return logs.filter(doubt).exclude(staff=viewer)
    return logs


def _said(person: LogPerson, every: bool) -> Said:
    one = person.confirmation
    if one.answer == Answer.YES:
        return Said(person, "warn" if one.weighs_less else "done", *_yes(one, every))
    if every and one.answer == Answer.NO:
        return Said(person, "bad", _("Says no"), _("Says there was no such talk"), one.remark)
    if every and one.answer == Answer.UNSURE:
        return Said(person, "warn", _("Not sure"), _("Does not remember"), one.remark)
    return Said(person, "todo", _("Not answered yet"), _("The code waits to be scanned"))


def _yes(one: Confirmation, every: bool) -> tuple[str, str, str]:
    if one.on_paper:
        label, text = _("On paper"), _("Ticked in the workbook; weighs less")
    elif one.same_device:
        label, text = _("On your own device") if not every else _("On a device of ours"), _("Weighs less")
    else:
        label, text = _("They confirmed"), _("Says you talked") if not every else _("Says they talked")
    rating = one.rating if every or one.rating == Rating.GOOD else None
    if rating:
        text = _("%(text)s: %(rating)s") % {"text": text, "rating": Rating(rating).label}
    return label, text, one.remark if every else ""
