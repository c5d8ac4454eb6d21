"""Any readable rule, in any month, for any pay day: the window is in order and workable."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agency.calendar.workdays import WorkdayCalendar
from agency.periods import Period
from servicedesk.workflow.window_rules import Facts, WindowError, check, part_of, windows_of
from servicedesk.workflow.windows import Window

CALENDAR = WorkdayCalendar()
periods = st.builds(Period, st.integers(2024, 2028), st.integers(1, 12))
days = st.tuples(st.integers(1, 31), st.integers(1, 31)).map(sorted)
offsets = st.tuples(st.integers(-15, 15), st.integers(-15, 15)).map(sorted)
nth = st.integers(-23, 23).filter(bool)
rules = st.one_of(
    days.map(lambda d: {"rule": "days", "first": d[0], "last": d[1]}),
    days.map(lambda d: {"rule": "city_days", "first": d[0], "last": d[1], "cities": {"苏州": d[0]}}),
    offsets.map(lambda d: {"rule": "pay_day", "first": d[0], "last": d[1]}),
    st.tuples(nth, nth).map(lambda d: {"rule": "workdays", "first": d[0], "last": d[1]}),
    st.integers(0, 15).map(lambda lead: {"rule": "deadline", "table": "income_tax", "lead": lead}),
    st.just({"rule": "weekly"}),
)
own_days = st.dictionaries(
    st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), st.tuples(st.booleans(), st.just("")), max_size=40
)


@settings(max_examples=400, deadline=None)
@given(rules, periods, st.integers(1, 31), st.sampled_from(["苏州", "无锡"]), own_days)
def test_every_window_is_in_order_and_due_on_a_workday_of_the_month_or_before(rule, period, pay_day, city, own):
    calendar = WorkdayCalendar(own)
    found = windows_of(rule, period, Facts(calendar, pay_day, city))
    assert found
    for window in found:
        assert window.opens_on <= window.due_on
        assert window.due_on <= period.last_day
        assert calendar.is_workday(window.due_on)
        assert window.provisional or window.due_on.year <= 2026


@settings(max_examples=200, deadline=None)
@given(rules, periods, st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)))
def test_a_hand_over_gives_each_their_part_and_no_day_twice(rule, period, handed_over_on):
    for window in windows_of(rule, period, Facts(CALENDAR)):
        before = part_of(window, dt.date.min, handed_over_on, CALENDAR)
        after = part_of(window, handed_over_on, None, CALENDAR)
        assert before or after
        assert before is None or before.due_on < handed_over_on
        assert after is None or after.opens_on >= handed_over_on


def test_the_citys_cut_off_wins_and_is_certain():
    rule = {"rule": "city_days", "first": 5, "last": 15, "cities": {"无锡": 20}}
    october = Period(2026, 10)
    assert windows_of(rule, october, Facts(CALENDAR, city="无锡"))[0].due_on == dt.date(2026, 10, 20)
    assert windows_of(rule, october, Facts(CALENDAR, city="苏州")) == [
        Window(dt.date(2026, 10, 5), dt.date(2026, 10, 15), provisional=True)
    ]


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ({}, "unknown rule None"),
        ({"rule": "moon"}, "unknown rule 'moon'"),
        ({"rule": "days", "first": 0, "last": 5}, "0 is not a whole number from 1 to 31"),
        ({"rule": "days", "first": 9, "last": 5}, "opens on 9 after it is due on 5"),
        ({"rule": "days", "first": 1.5, "last": 5}, "1.5 is not"),
        ({"rule": "workdays", "first": 0, "last": 1}, "workdays: 0 is not"),
        ({"rule": "city_days", "first": 5, "last": 15, "cities": {"苏州": 40}}, "40 is not"),
        ({"rule": "deadline", "table": "vat", "lead": 3}, "needs a table"),
    ],
)
def test_an_unreadable_rule_says_what_is_wrong(rule, complaint):
    with pytest.raises(WindowError, match=complaint):
        check(rule)
