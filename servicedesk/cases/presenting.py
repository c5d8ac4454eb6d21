"""How a case looks: the badge of its kind, what is due when, and its timeline."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agency.shell.formats import clock, day, moment, near_day

from .models import Case, CaseCategory, CaseEntry
from .queries import end_of
from .states import State

Kind, Entry = CaseCategory.Kind, CaseEntry.Kind
KINDS = {
    Kind.CONSULTATION: ("info", "question"),
    Kind.COMPLAINT: ("bad", "alert"),
    Kind.INJURY: ("bad", "heart"),
    Kind.PAYSLIP: ("warn", "wallet"),
}
STATES = {
    State.OPEN: "todo",
    State.ANSWERED: "doing",
    State.RESOLVED: "done",
    State.CLOSED: "off",
    State.REOPENED: "warn",
}
ENTRIES = {
    Entry.ANSWER: ("talk", "chat"),
    Entry.NOTE: ("", "edit"),
    Entry.WORDS: ("warn", "person"),
    Entry.STATE: ("ok", "check"),
    Entry.HAND_OVER: ("", "arrow-right"),
    Entry.ESCALATED: ("bad", "late"),
    Entry.MERGED: ("", "layers"),
    Entry.LINKED: ("", "link"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One case of a list: kind, who, and what is due, as badge, in words and as a share of the time used."""

    case: Case
    kind: tuple[str, str, str]
    due: tuple[str, str, str]
    left: str
    used: int

    @property
    def is_pressing(self) -> bool:
        return self.due[0] in ("late", "soon")


def row(case: Case, now: dt.datetime) -> Row:
    """Return how a case looks at a local moment."""
    state, icon = KINDS[Kind(case.category.kind)]
    kind = (state, str(case.category.get_kind_display()), icon)
    return Row(case, kind, _due(case, now), _left(case, now), _used(case, now))


def rows(cases: Iterable[Case], now: dt.datetime) -> list[Row]:
    return [row(case, now) for case in cases]


def timeline(case: Case, entries: Iterable[CaseEntry]) -> list[dict[str, Any]]:
    """Return what happened, oldest first, as the timeline draws it."""
    return [_event(case, entry) for entry in entries]


def _due(case: Case, now: dt.datetime) -> tuple[str, str, str]:
    if case.due_at is None:
        return STATES[State(case.state)], str(case.get_state_display()), ""
    due = case.due_at.astimezone(now.tzinfo)
    if due < now:
        return "late", _("late since %(moment)s") % {"moment": moment(due)}, "late"
    if due < end_of(now):
        return "soon", f"{near_day(due)} {clock(due)}", "clock"
    return "off", day(due), "calendar"


def _left(case: Case, now: dt.datetime) -> str:
    if case.due_at is None:
        return ""
    minutes = int((case.due_at - now).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    days, hours = divmod(hours, 24)
    if days:
        words = _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    else:
        words = _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    return _("%(time)s late") % {"time": words} if minutes < 0 else _("%(time)s left") % {"time": words}


def _used(case: Case, now: dt.datetime) -> int:
    """The share of the time used, in per cent."""
    if case.due_at is None:
        return 100
    whole = (case.due_at - case.received_at).total_seconds()
    spent = (now - case.received_at).total_seconds()
    return min(100, max(0, round(100 * spent / whole))) if whole > 0 else 100


def _event(case: Case, entry: CaseEntry) -> dict[str, Any]:
    state, icon = ENTRIES[Entry(entry.kind)]
    if entry.state == State.REOPENED:
        state, icon = "warn", "return"
    return {"state": state, "icon": icon, "title": _title(case, entry), "text": entry.text, "when": moment(entry.at)}


def _title(case: Case, entry: CaseEntry) -> str:
    who = entry.staff.name if entry.staff else _("The system")
    names = {
        "who": who,
        "to": entry.to_staff.name if entry.to_staff else "",
        "other": entry.other.number if entry.other else "",
        "state": entry.get_state_display(),
    }
    if entry.kind == Entry.WORDS:
        words = _("Written in %(other)s") if entry.other else _("%(asker)s writes")
        return words % {**names, "asker": case.asker}
    return {
        Entry.ANSWER: _("%(who)s answered"),
        Entry.NOTE: _("%(who)s noted, for us only"),
        Entry.STATE: _("%(state)s") if entry.staff is None else _("%(state)s: %(who)s"),
        Entry.HAND_OVER: _("%(who)s handed over to %(to)s"),
        Entry.ESCALATED: _("No answer in time: head office was told"),
        Entry.MERGED: _("Joined with %(other)s"),
        Entry.LINKED: _("Linked with %(other)s"),
    }[Entry(entry.kind)] % names
