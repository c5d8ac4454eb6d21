"""Lay a month out as weeks from Monday to Sunday, each task a span over its days; pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from agency.calendar.workdays import Day, WorkdayCalendar
from agency.periods import Period
from agency.shell.formats import day_short
from servicedesk.workflow.task_lines import TaskLine

FIRST_LANE = 2  # the first row of a week holds the dates
MIN_LANES = 3
WEEK = 7


@dataclass(frozen=True)
class Cell:
    """One date of the grid: `number` is its place among the month's workdays, `is_last` the last of them."""

    day: Day
    column: int
    in_month: bool
    number: int
    is_last: bool

    @property
    def starts_month(self) -> bool:
        """Whether the month is written with it: its first day, and the first day before it that shows."""
        return self.day.date.day == 1 or (not self.in_month and self.column == 1)

    @property
    def month_label(self) -> str:
        """10月1, short enough for a seventh of the page."""
        return day_short(self.day.date).removesuffix("日")


@dataclass(frozen=True)
class Span:
    """The part of a task that lies in one week: column, length in days, lane, and on which sides it goes on."""

    line: TaskLine
    column: int
    length: int
    lane: int
    goes_on: str


@dataclass(frozen=True)
class Week:
    cells: list[Cell]
    spans: list[Span]

    @property
    def lanes(self) -> int:
        return max([MIN_LANES, *(span.lane - FIRST_LANE + 1 for span in self.spans)])


def weeks_of(period: Period, lines: Sequence[TaskLine], calendar: WorkdayCalendar) -> list[Week]:
    """Return the weeks that touch the month, with the spans of the lines in them."""
    workdays = calendar.workdays_in(period)
    first = period.first_day - dt.timedelta(days=period.first_day.weekday())
    weeks = []
    for start in range(0, (period.last_day - first).days + 1, WEEK):
        days = [first + dt.timedelta(days=start + offset) for offset in range(WEEK)]
        cells = [_cell(day, column, period, workdays, calendar) for column, day in enumerate(days, start=1)]
        weeks.append(Week(cells, _spans(lines, days[0], days[-1])))
    return weeks


def _cell(day: dt.date, column: int, period: Period, workdays: list[dt.date], calendar: WorkdayCalendar) -> Cell:
    number = workdays.index(day) + 1 if day in workdays else 0
    return Cell(calendar.day(day), column, day in period, number, number == len(workdays) > 0)


def _spans(lines: Sequence[TaskLine], monday: dt.date, sunday: dt.date) -> list[Span]:
    """Put each span into the first free lane: what goes on from the week before first, then early and long ones."""
    inside = [line for line in lines if line.task.opens_on <= sunday and line.task.due_on >= monday]
    inside.sort(key=lambda line: (max(line.task.opens_on, monday), -line.task.due_on.toordinal(), line.task.client_id))
    free_from: list[dt.date] = []
    spans = []
    for line in inside:
        begin, end = max(line.task.opens_on, monday), min(line.task.due_on, sunday)
        lane = next((n for n, free in enumerate(free_from) if free <= begin), len(free_from))
        free_from[lane : lane + 1] = [end + dt.timedelta(days=1)]
        sides = [line.task.opens_on < monday and "start", line.task.due_on > sunday and "end"]
        goes_on = {2: "both", 1: next(filter(None, sides), ""), 0: ""}[sum(map(bool, sides))]
        column = (begin - monday).days + 1
        spans.append(Span(line, column, (end - begin).days + 1, lane + FIRST_LANE, str(goes_on)))
    return spans
