"""Deadlines in service hours: worked examples of the agency's calendar, and what holds of any."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.calendar.workdays import WorkdayCalendar
from servicedesk.cases.deadlines import ServiceHours, due_after, service_between

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = ServiceHours(dt.time(8, 30), dt.time(18), WorkdayCalendar().on_or_after)


def at(month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "hours", "due", "why"),
    [
        (at(10, 21, 10), 4, at(10, 21, 14), "within one day"),
        (at(10, 21, 14), 4, at(10, 21, 18), "to the minute of closing, not to the next morning"),
        (at(10, 21, 16), 4, at(10, 22, 10, 30), "over night"),
        (at(10, 21, 22), 4, at(10, 22, 12, 30), "asked in the evening counts from the morning"),
        (at(10, 21, 6), 4, at(10, 21, 12, 30), "asked before opening too"),
        (at(10, 23, 17), 4, at(10, 26, 11, 30), "over a weekend"),
        (at(9, 30, 17), 4, at(10, 8, 11, 30), "over the National Day holiday"),
        (at(10, 9, 17), 4, at(10, 10, 11, 30), "into the make-up Saturday"),
        (at(10, 10, 9), 4, at(10, 10, 13), "on the make-up Saturday itself"),
        (at(10, 21, 10), 19, at(10, 23, 10), "two days of 9.5 hours"),
    ],
)
def test_worked_examples(start, hours, due, why):
    assert due_after(start, hours, DAY) == due, why


def test_around_the_clock_an_hour_is_an_hour():
    assert due_after(at(10, 3, 23), 1, None) == at(10, 4, 0)
    assert service_between(at(10, 3, 23), at(10, 4, 1), None) == dt.timedelta(hours=2)


def test_the_agencys_own_day_off_is_no_service():
    own = ServiceHours(DAY.opens, DAY.closes, WorkdayCalendar({dt.date(2026, 10, 22): (False, "年会")}).on_or_after)
    assert due_after(at(10, 21, 17), 2, own) == at(10, 23, 9, 30)


moments = st.datetimes(dt.datetime(2025, 12, 1), dt.datetime(2027, 3, 1)).map(lambda m: m.replace(tzinfo=SHANGHAI))
hours = st.integers(1, 60)


@given(moments, hours)
def test_a_deadline_lies_in_service_and_exactly_so_much_service_away(start, count):
    due = due_after(start, count, DAY)
    assert WorkdayCalendar().is_workday(due.date())
    assert DAY.opens < due.time() <= DAY.closes
    assert service_between(start, due, DAY) == dt.timedelta(hours=count)


@given(moments, hours, hours)
def test_deadlines_add_up_and_grow(start, first, second):
    assert due_after(due_after(start, first, DAY), second, DAY) == due_after(start, first + second, DAY)
    assert due_after(start, first, DAY) < due_after(start, first + second, DAY)


@given(moments, moments, hours)
def test_whoever_asks_earlier_is_not_answered_later(one, other, count):
    early, late = sorted([one, other])
    assert due_after(early, count, DAY) <= due_after(late, count, DAY)
    assert due_after(early, count, None) <= due_after(early, count, DAY), "service never runs faster than the clock"


def test_an_agency_that_never_works_does_not_hang():
    never = ServiceHours(DAY.opens, DAY.closes, lambda day: day)
    assert due_after(at(10, 24, 9), 4, never) == at(10, 24, 13)
