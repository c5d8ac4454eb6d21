"""When a step may start and must be done: pure functions of a month, days and the workday calendar.

Both days of a window are inclusive. Every due day is a workday, is not before the opening day, and lies in the month
or before it (a client who is paid on the 3rd has its wages computed in the month before). A window that reaches
into a year whose holidays are not announced, or rests on an unconfirmed table, is provisional.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from agency.calendar.workdays import WorkdayCalendar
from agency.periods import Period

MIN_WORKDAYS_OF_A_WEEK = 3
LEGAL_TAX_DAY = 15


@dataclass(frozen=True, slots=True)
class Window:
    """From `opens_on` to `due_on`, both inclusive."""

    opens_on: dt.date
    due_on: dt.date
    provisional: bool = False

    @property
    def days(self) -> int:
        """Count the calendar days, both ends included."""
        return (self.due_on - self.opens_on).days + 1


def day_of(period: Period, day: int) -> dt.date:
    """Return a day of the month; 31 means the last one."""
    return period.first_day.replace(day=min(day, period.days))


def calendar_days(period: Period, first: int, last: int, calendar: WorkdayCalendar) -> Window:
    """From one calendar day to another; a due day that is no workday comes earlier, deadlines do not wait.

    When people do not work on any day of the window, the next workday of the month is due.
    """
    opens = day_of(period, first)
    due = calendar.on_or_before(day_of(period, last))
    if due < opens and (later := calendar.on_or_after(opens)) in period:
        due = later
    return _window(period, opens, due, calendar)


def nth_workdays(period: Period, first: int, last: int, calendar: WorkdayCalendar) -> Window:
    """From the first-th to the last-th workday, counted from 1, or from -1 at the month's end."""
    opens, due = calendar.nth_workday(period, first), calendar.nth_workday(period, last)
    return _window(period, opens, due, calendar)


def around_pay_day(period: Period, pay_day: int, first: int, last: int, calendar: WorkdayCalendar) -> Window:
    """From `first` to `last` workdays off the day on which the client's workers are paid (-2: two before).

    Wages due on a day of rest are paid on the workday before it (工资支付暂行规定 art. 7).
    """
    paid = calendar.on_or_before(day_of(period, pay_day))
    return _window(period, calendar.add_workdays(paid, first), calendar.add_workdays(paid, last), calendar)


def before_deadline(
    period: Period, deadlines: Mapping[Period, dt.date], lead: int, calendar: WorkdayCalendar
) -> Window:
    """The `lead` workdays up to the month's deadline in a yearly table.

    The tax office's days follow no rule, so a year that is not in the table is provisional: the 15th, or the next
    workday (税收征收管理法实施细则 art. 109).
    """
    known = deadlines.get(period)
    deadline = known or calendar.on_or_after(day_of(period, LEGAL_TAX_DAY))
    due = calendar.on_or_before(deadline)
    window = _window(period, calendar.add_workdays(due, -lead), due, calendar)
    return window if known else replace(window, provisional=True)


def weekly(period: Period, calendar: WorkdayCalendar) -> list[Window]:
    """One window for each calendar week with at least three workdays in the month; never none."""
    weeks = [
        _window(period, days[0], days[-1], calendar)
        for days in _weeks(period)
        if sum(map(calendar.is_workday, days)) >= MIN_WORKDAYS_OF_A_WEEK
    ]
    return weeks or [calendar_days(period, 1, 31, calendar)]


def _weeks(period: Period) -> Iterator[list[dt.date]]:
    week: list[dt.date] = []
    for day in period:
        if day.isoweekday() == 1 and week:
            yield week
            week = []
        week.append(day)
    yield week


def _window(period: Period, opens: dt.date, due: dt.date, calendar: WorkdayCalendar) -> Window:
    due = min(calendar.on_or_before(due), calendar.on_or_before(period.last_day))
    opens = min(opens, due)
    guessed = any(calendar.is_provisional(Period.of(day)) for day in (opens, due))
    return Window(opens, due, guessed)
