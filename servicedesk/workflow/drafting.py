"""What a client's month asks of whom: pure, from steps, assignments and the calendar to wanted tasks."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from agency.periods import Period
from clients.models import Assignment
from servicedesk.workflow.template_models import Category, StepAdaptation, TargetBasis, WorkflowStep
from servicedesk.workflow.window_rules import Facts, part_of, windows_of
from servicedesk.workflow.windows import Window


@dataclass(frozen=True)
class ClientMonth:
    """One client's month: who serves it, how many workers and dormitories it has, how it differs."""

    period: Period
    facts: Facts
    assignments: Sequence[Assignment]
    workers: int
    dormitories: int
    adaptations: Mapping[int, StepAdaptation]


@dataclass(frozen=True)
class Wanted:
    """A task that the month asks of a person; (staff, step, number) names it within client and month."""

    staff_id: int
    step: WorkflowStep
    number: int
    window: Window
    target: int

    @property
    def key(self) -> tuple[int, int, int]:
        return self.staff_id, self.step.pk, self.number


def wanted_tasks(month: ClientMonth, steps: Sequence[WorkflowStep], requires: Mapping[int, set[int]]) -> list[Wanted]:
    """Return every task the client's month asks for.

    Routine belongs to whoever is in charge on its last day. Talks belong to everyone assigned, each for the days they
    serve, with their share of the target.
    """
    wanted: list[Wanted] = []
    for step, windows in in_order(_windows(month, steps), requires):
        target = target_of(step, month)
        if target == 0:
            continue
        if step.category == Category.TALK:
            wanted += _talk_shares(month, step, windows, target)
            continue
        for number, window in enumerate(windows, start=1):
            if owner := in_charge(month.assignments, window.due_on):
                wanted.append(Wanted(owner.staff_id, step, number, window, target))
    return wanted


def in_order(
    windows: Mapping[WorkflowStep, list[Window]], requires: Mapping[int, set[int]]
) -> list[tuple[WorkflowStep, list[Window]]]:
    """Let a step that others wait for be due no later than they are; steps come in their order."""
    due: dict[int, dt.date] = {}
    ordered = []
    for step, own in sorted(windows.items(), key=lambda pair: pair[0].order, reverse=True):
        latest = due.get(step.pk)
        kept = [window if latest is None else _no_later(window, latest) for window in own]
        ordered.append((step, kept))
        for before in requires.get(step.pk, ()):
            due[before] = min([w.due_on for w in kept] + [due.get(before, dt.date.max)])
    return ordered[::-1]


def target_of(step: WorkflowStep, month: ClientMonth) -> int:
    """Return how many pieces of evidence a task of the step needs; 0 means that there is nothing to do."""
    if step.target_basis == TargetBasis.WORKERS:
        return -(-month.workers * step.evidence_target // 100)
    if step.target_basis == TargetBasis.DORMITORIES and month.dormitories == 0:
        return 0
    return step.evidence_target


def in_charge(assignments: Iterable[Assignment], day: dt.date) -> Assignment | None:
    """Return who answers for the client on a day: the lead, else whoever serves it, else whoever comes next."""
    serving = [a for a in assignments if a.valid_to is None or day < a.valid_to]
    return min(serving, key=lambda a: (max(a.valid_from, day), not a.is_lead, a.pk), default=None)


def _windows(month: ClientMonth, steps: Sequence[WorkflowStep]) -> dict[WorkflowStep, list[Window]]:
    found = {}
    for step in steps:
        adapted = month.adaptations.get(step.pk)
        if adapted and adapted.left_out:
            continue
        rule = (adapted and adapted.window) or step.window
        found[step] = windows_of(rule, month.period, month.facts)
    return found


def _talk_shares(month: ClientMonth, step: WorkflowStep, windows: Sequence[Window], target: int) -> Iterator[Wanted]:
    numbers: Counter[int] = Counter()
    for window in windows:
        for assignment in month.assignments:
            part = part_of(window, assignment.valid_from, assignment.valid_to, month.facts.calendar)
            if part:
                numbers[assignment.staff_id] += 1
                share = -(-target * part.days // window.days)
                yield Wanted(assignment.staff_id, step, numbers[assignment.staff_id], part, share)


def _no_later(window: Window, latest: dt.date) -> Window:
    due = min(window.due_on, latest)
    return replace(window, opens_on=min(window.opens_on, due), due_on=due)
