"""People by steps: how far each is, the worst row first."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from servicedesk.dashboards.figures import Month, Person
from servicedesk.models import Task, WorkflowStep

ROWS = 12


@dataclass(frozen=True)
class Cell:
    """One person's tasks of one step, as `components/heat_cell.html` shows them."""

    state: str
    text: str = ""
    part: int = 0
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class Column:
    """A step with the days its tasks fall on."""

    step: WorkflowStep
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Row:
    """A person's cells in the order of the columns; `weight` is how far behind they are."""

    person: Person
    cells: list[Cell]
    score_tenths: int | None
    weight: tuple[int, int, int]


@dataclass(frozen=True)
class Heat:
    """The table: its columns, its worst rows, and how many people are not shown."""

    columns: list[Column]
    rows: list[Row]
    hidden: int


def heat_of(month: Month, limit: int | None = ROWS) -> Heat:
    """Return the table of a month with its worst rows; `limit` None shows everybody."""
    by_step: dict[int, list[Task]] = defaultdict(list)
    for person in month.people.values():
        for task in person.tasks:
            if task.step_id:
                by_step[task.step_id].append(task)
    columns = [
        Column(step, min(task.opens_on for task in tasks), max(task.due_on for task in tasks))
        for tasks in by_step.values()
        if (step := tasks[0].step)
    ]
    columns.sort(key=lambda column: (column.step.order, column.step.pk))
    scores = month.sheets.get(month.scored, {}) if month.scored else {}
    rows = []
    for person in month.people.values():
        if person.tasks:
            sheet = scores.get(person.pk)
            rows.append(_row(month, person, columns, sheet.total_tenths if sheet else None))
    rows.sort(key=lambda row: row.weight, reverse=True)
    shown = rows[:limit]
    return Heat(columns, shown, len(rows) - len(shown))


def _row(month: Month, person: Person, columns: Iterable[Column], score: int | None) -> Row:
    own: dict[int | None, list[Task]] = defaultdict(list)
    for task in person.tasks:
        own[task.step_id].append(task)
    cells = [_cell(month, person, column, own.get(column.step.pk, [])) for column in columns]
    late = [month.days_late(task) for task in person.tasks if month.days_late(task)]
    open_by_now = sum(task.is_open and task.opens_on <= month.on for task in person.tasks)
    return Row(person, cells, score, (len(late), sum(late), open_by_now))


def _cell(month: Month, person: Person, column: Column, tasks: list[Task]) -> Cell:
    if not tasks:
        return Cell("none")
    done, total = sum(not task.is_open for task in tasks), len(tasks)
    late = max(month.days_late(task) for task in tasks)
    if done == total:
        state, text = "done", f"{done}/{total}"
    elif late:
        state, text = "late", _("%(days)d d") % {"days": late}
    elif any(task.is_open and task.due_on == month.today for task in tasks):
        state, text = "soon", _("today") if total == 1 else f"{done}/{total}"
    elif all(task.opens_on > month.on for task in tasks):
        state, text = "none", "—"
    else:
        state, text = "part", _amount(tasks) or f"{done}/{total}"
    said = _("%(days)d days late") % {"days": late} if state == "late" else text
    label = f"{person.name} {column.step.label} {said}"
    return Cell(state, text, _part(tasks), _url(person, month, tasks), label)


def _amount(tasks: list[Task]) -> str:
    """Write talks as people reached of people aimed at, over all clients."""
    if all(task.evidence_target > 1 for task in tasks):
        have = sum(min(task.amount, task.evidence_target) for task in tasks)
        return f"{have}/{sum(task.evidence_target for task in tasks)}"
    return ""


def _part(tasks: list[Task]) -> int:
    """Whole per cent of what the tasks need, for the filling of the cell."""
    need = sum(task.evidence_target for task in tasks)
    have = sum(task.evidence_target if not task.is_open else min(task.amount, task.evidence_target) for task in tasks)
    return have * 100 // need if need else 0


def _url(person: Person, month: Month, tasks: list[Task]) -> str:
    """Open the one task that holds things up, or the person's plan."""
    waiting = [task for task in tasks if task.is_open]
    try:
        if len(waiting) == 1:
            return reverse("servicedesk:task", kwargs={"pk": waiting[0].pk})
        return f"{reverse('servicedesk:plan')}?staff={person.pk}&month={month.period}"
    except NoReverseMatch:
        return ""
