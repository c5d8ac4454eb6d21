"""What happens to a case after it was opened: answers, notes, the asker's words, and its states."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember

from .due_times import due_times
from .models import Case, CaseEntry
from .refusals import Refused
from .states import MOVES, State, allows
from .telling import tell_asked_again

Kind = CaseEntry.Kind


@transaction.atomic
def answer(case: Case, text: str, by: StaffMember | None, *, settles: bool = False) -> CaseEntry:
    """Answer the asker, and those whose cases were joined to this one. `settles` says that nothing is left to do.

    Raises `Refused` for an empty answer and for a finished case.
    """
    words = text.strip()
    if not words:
        raise Refused(_("Write the answer first: the worker reads it as it stands."))
    if case.is_finished:
        raise Refused(_("This case is finished. Open it again to answer."))
    entry = CaseEntry.objects.create(case=case, kind=Kind.ANSWER, text=words, staff=by)
    CaseEntry.objects.bulk_create(
        CaseEntry(case=joined, kind=Kind.ANSWER, text=words, staff=by) for joined in case.merged.all()
    )
    if allows("answer", case.state):
        now = timezone.now()
        first = Coalesce(F("first_answered_at"), now)
        move(case, "answer", by, first_answered_at=first, due_at=F("resolution_due_at"))
    record("cases.case.answered", subject=case)
    if settles:
        resolve(case, by)
    return entry


def note(case: Case, text: str, by: StaffMember) -> CaseEntry:
    """Write an internal note; the asker never sees it. Raises `Refused` when it is empty."""
    if not text.strip():
        raise Refused(_("Write the note first."))
    return CaseEntry.objects.create(case=case, kind=Kind.NOTE, text=text.strip(), staff=by)


@transaction.atomic
def resolve(case: Case, by: StaffMember | None) -> None:
    """Say that it is settled; the asker may object until it closes. Raises `Refused` before the first answer."""
    if not allows("resolve", case.state):
        raise Refused(_("Answer first: a case is settled only after the asker has an answer."))
    move(case, "resolve", by, resolved_at=timezone.now(), due_at=None)
    record("cases.case.resolved", subject=case)


@transaction.atomic
def close(case: Case, by: StaffMember | None = None) -> None:
    """Close a settled case. Raises `Refused` for any other."""
    if not allows("close", case.state):
        raise Refused(_("Only a settled case can be closed. Mark it as settled first."))
    move(case, "close", by, closed_at=timezone.now())
    record("cases.case.closed", subject=case)


@transaction.atomic
def reopen(case: Case, by: StaffMember | None = None) -> None:
    """Open an answered or finished case again; the deadline of an answer begins anew.

    Raises `Refused` when it waits for an answer anyway, or was joined to another case.
    """
    if not allows("reopen", case.state) or case.merged_into_id:
        raise Refused(_("This case cannot be opened again: it waits for an answer, or was joined to another."))
    due = due_times(case.category, timezone.now())
    again = {"reopened": F("reopened") + 1, "resolution_due_at": due.resolution, "escalated_at": None}
    move(case, "reopen", by, due_at=due.answer, resolved_at=None, closed_at=None, rating=None, rated_at=None, **again)
    record("cases.case.reopened", subject=case)


@transaction.atomic
def write_again(case: Case, text: str) -> CaseEntry:
    """Take what the asker adds. After an answer it opens the case again; joined cases pass it on to the main one."""
    words = text.strip()
    if not words:
        raise Refused(_("Write one sentence first."))
    entry = CaseEntry.objects.create(case=case, kind=Kind.WORDS, text=words)
    if case.merged_into_id:
        main = Case.objects.select_related("client", "category", "assignee").get(pk=case.merged_into_id)
        CaseEntry.objects.create(case=main, kind=Kind.WORDS, text=words, other=case)
        case = main
    if allows("reopen", case.state):
        reopen(case)
    tell_asked_again(case, entry.pk)
    return entry


def rate(case: Case, rating: int) -> bool:
    """Keep how satisfied the asker is, once answered; the first rating of an answer counts. Say whether it did."""
    rows = Case.objects.filter(pk=case.pk, rating=None).exclude(state__in=(State.OPEN, State.REOPENED))
    if not rows.update(rating=rating, rated_at=timezone.now()):
        return False
    record("cases.case.rated", subject=case, rating=rating)
    return True


def move(case: Case, name: str, by: StaffMember | None, **changes: Any) -> None:
    """Make one move of the table; claimed by an UPDATE, so that of two people one is told to look again."""
    target = MOVES[name].target
    rows = Case.objects.filter(pk=case.pk, state__in=MOVES[name].sources)
    if not rows.update(state=target, **changes):
        raise Refused(_("Somebody else has just changed this case. Load the page again."))
    CaseEntry.objects.create(case=case, kind=Kind.STATE, state=target, staff=by)
    case.refresh_from_db(fields=["state", *changes])
