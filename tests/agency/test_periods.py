"""A period is a calendar month, half-open like every validity."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.periods import Period, PeriodError

PERIODS = st.builds(Period, st.integers(1950, 2150), st.integers(1, 12))
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
OCTOBER = Period(2026, 10)


def test_read_and_written():
    assert Period.parse("2026-10") == OCTOBER
    assert str(OCTOBER) == "2026-10"
    assert str(Period(2026, 3)) == "2026-03"


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026-1", "202610", "2026-10-01", "", "２０２６-１０", None])
def test_what_is_no_month(text):
    with pytest.raises(PeriodError):
        Period.parse(text)


def test_first_day_and_end():
    assert OCTOBER.first_day == date(2026, 10, 1)
    assert OCTOBER.last_day == date(2026, 10, 31)
    assert OCTOBER.end == date(2026, 11, 1)
    assert Period(2026, 12).end == date(2027, 1, 1)
    assert (Period(2028, 2).days, Period(2026, 2).days, len(OCTOBER)) == (29, 28, 31)


def test_a_day_is_in_its_month():
    assert date(2026, 10, 31) in OCTOBER
    assert date(2026, 11, 1) not in OCTOBER
    assert Period.of(date(2026, 10, 9)) == OCTOBER
    days = list(OCTOBER)
    assert (days[0], days[-1]) == (OCTOBER.first_day, OCTOBER.last_day)


def test_overlap_with_a_validity():
    assert OCTOBER.overlap_days(date(2026, 10, 26), None) == 6
    assert OCTOBER.overlap_days(date(2026, 9, 1), date(2026, 10, 1)) == 0
    assert OCTOBER.overlap_days(date(2026, 10, 5), date(2026, 10, 6)) == 1
    assert OCTOBER.overlap_days(date(2020, 1, 1), date(2030, 1, 1)) == 31
    assert OCTOBER.overlap_days(date(2026, 12, 1), None) == 0


def test_months_in_a_row():
    walk = [str(p) for p in Period.span(Period(2026, 11), Period(2027, 2))]
    assert walk == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert list(Period.span(OCTOBER, OCTOBER.previous())) == []
    assert max(Period(2026, 9), OCTOBER) == OCTOBER
    assert len({OCTOBER, Period.parse("2026-10")}) == 1


def test_a_period_cannot_be_changed():
    with pytest.raises(AttributeError):
        OCTOBER.month = 11


@given(PERIODS, st.integers(-500, 500))
def test_months_are_added_and_taken_back(period, months):
    assert (period + months) - months == period
    assert (period + months) - period == months
    assert (period + months > period) == (months > 0)


@given(PERIODS)
def test_neighbours_touch(period):
    assert period.next().previous() == period
    assert period.end == period.next().first_day
    assert period.days == (period.end - period.first_day).days


@given(PERIODS, DAYS, st.integers(0, 400))
def test_overlap_counts_the_days_inside(period, start, length):
    stop = start + timedelta(days=length)
    assert period.overlap_days(start, stop) == sum(start <= day < stop for day in period)
