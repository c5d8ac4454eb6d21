"""What a version comes to in the next months at one client, and what does not fit together in it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agency.calendar.workdays import Day
from agency.periods import Period
from agency.shell.formats import day_range, day_short
from servicedesk.workflow.template_models import EvidenceKind, WorkflowStep
from servicedesk.workflow.window_rules import Facts, windows_of
from servicedesk.workflow.windows import Window

MONTHS = 3


@dataclass(frozen=True)
class PreviewRow:
    """One step in one month: its windows, and for each date whether it lies in one (`due` on the last)."""

    step: WorkflowStep
    windows: Sequence[Window]
    marks: Sequence[tuple[Day, str]]

    @property
    def days(self) -> str:
        return "、".join(_range(window) for window in self.windows)

    @property
    def provisional(self) -> bool:
        return any(window.provisional for window in self.windows)


@dataclass(frozen=True)
class PreviewMonth:
    period: Period
    days: Sequence[Day]
    rows: Sequence[PreviewRow]
    conflicts: Sequence[str]

    @property
    def workdays(self) -> int:
        return sum(day.is_workday for day in self.days)


def preview(
    steps: Sequence[WorkflowStep], requires: Mapping[int, set[int]], first: Period, facts: Facts, months: int = MONTHS
) -> list[PreviewMonth]:
    """Return what the steps come to in some months on end, with the conflicts of each."""
    return [_month(steps, requires, first + ahead, facts) for ahead in range(months)]


def standing_conflicts(steps: Sequence[WorkflowStep]) -> list[str]:
    """Say what is doubtful in any month: a critical step that closes by word alone."""
    return [
        _("“%(step)s” is critical, but closes by the specialist's word alone. Ask for a file or a fact.")
        % {"step": step.label}
        for step in steps
        if step.critical and step.evidence_kind == EvidenceKind.NONE
    ]


def conflicts_of(
    windows: Mapping[WorkflowStep, Sequence[Window]],
    requires: Mapping[int, set[int]],
    period: Period,
    facts: Facts,
) -> list[str]:
    """Say which steps are due before one they wait for, and which windows hold no workday."""
    due = {step.pk: own[0].due_on for step, own in windows.items()}
    labels = {step.pk: step.label for step in windows}
    found = []
    for step in windows:
        for before in sorted(requires.get(step.pk, set()) & due.keys()):
            if due[step.pk] < due[before]:
                words = {"step": step.label, "day": day_short(due[step.pk]), "before": labels[before]}
                words["later"] = day_short(due[before])
                found.append(_("“%(step)s” is due on %(day)s, before “%(before)s” on %(later)s.") % words)
        if not _has_workday(step, period, facts):
            words = {"step": step.label, "due": day_short(due[step.pk])}
            found.append(_("“%(step)s” lies on days of rest only; it is due on %(due)s instead.") % words)
    return found


def _month(
    steps: Sequence[WorkflowStep], requires: Mapping[int, set[int]], period: Period, facts: Facts
) -> PreviewMonth:
    windows = {step: windows_of(step.window, period, facts) for step in steps}
    days = list(facts.calendar.days(period))
    rows = [PreviewRow(step, own, [(day, _mark(day.date, own)) for day in days]) for step, own in windows.items()]
    return PreviewMonth(period, days, rows, conflicts_of(windows, requires, period, facts))


def _mark(day: dt.date, windows: Sequence[Window]) -> str:
    if any(window.due_on == day for window in windows):
        return "due"
    return "in" if any(window.opens_on <= day <= window.due_on for window in windows) else ""


def _has_workday(step: WorkflowStep, period: Period, facts: Facts) -> bool:
    """Whether the days as written hold a workday; other rules count workdays anyhow."""
    rule = step.window
    if rule["rule"] not in ("days", "city_days"):
        return True
    last = rule.get("cities", {}).get(facts.city) or rule["last"]
    span = range(min(rule["first"], period.days), min(last, period.days) + 1)
    return any(facts.calendar.is_workday(period.first_day.replace(day=day)) for day in span)


def _range(window: Window) -> str:
    if window.opens_on.month == window.due_on.month:
        return day_range(window.opens_on, window.due_on)
    return f"{day_short(window.opens_on)}—{day_short(window.due_on)}"
