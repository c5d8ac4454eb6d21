from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.calendar.workdays import (
    FIRST_KNOWN_YEAR,
    LAST_KNOWN_YEAR,
    REST,
    WORK,
    WorkdayCalendar,
    public_day,
)
from agency.periods import Period

CHINA = WorkdayCalendar()
OCTOBER = Period(2026, 10)


def test_october_2026_has_18_workdays():
    # Seven days off for the National Day, made up on Sunday 20 September and Saturday 10 October.
    days = CHINA.workdays_in(OCTOBER)
    assert len(days) == 18
    assert days[0] == date(2026, 10, 8)
    assert date(2026, 10, 10) in days


def test_a_day_says_what_it_is():
    holiday, made_up, plain = (CHINA.day(date(2026, 10, n)) for n in (5, 10, 17))
    assert (holiday.is_workday, holiday.kind, holiday.name) == (False, REST, "National Day")
    assert (made_up.is_workday, made_up.kind, made_up.statutory) == (True, WORK, False)
    assert (plain.is_workday, plain.kind, plain.name) == (False, "", "")


@pytest.mark.parametrize(("year", "days"), [(2023, 11), (2024, 11), (2025, 13), (2026, 13), (2027, 13)])
def test_statutory_days_follow_the_decree(year, days):
    marked = [day for month in Period.span(Period(year, 1), Period(year, 12)) for day in CHINA.days(month)]
    assert sum(day.statutory for day in marked) == days


def test_holidays_are_told_in_stretches():
    stretches = list(CHINA.special_days(Period(2026, 9), OCTOBER))
    assert [(s[0].date.day, len(s), s[0].kind, s[0].name) for s in stretches] == [
        (20, 1, WORK, "National Day"),
        (25, 3, REST, "Mid-autumn Festival"),
        (1, 7, REST, "National Day"),
        (10, 1, WORK, "National Day"),
    ]


def test_workdays_are_counted_from_either_end_of_the_month():
    assert CHINA.nth_workday(OCTOBER, 1) == date(2026, 10, 8)
    assert CHINA.nth_workday(OCTOBER, 3) == date(2026, 10, 10)
    assert CHINA.nth_workday(OCTOBER, -1) == date(2026, 10, 30)
    assert CHINA.nth_workday(OCTOBER, 40) == date(2026, 10, 30)
    assert CHINA.nth_workday(OCTOBER, -40) == date(2026, 10, 8)
    with pytest.raises(ValueError, match="from 1"):
        CHINA.nth_workday(OCTOBER, 0)


def test_a_step_over_the_national_day():
    assert CHINA.add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CHINA.add_workdays(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert CHINA.add_workdays(date(2026, 10, 3), 0) == date(2026, 10, 8)
    assert CHINA.on_or_before(date(2026, 10, 3)) == date(2026, 9, 30)
    assert CHINA.on_or_after(date(2026, 10, 8)) == date(2026, 10, 8)


def test_the_next_unknown_year_is_provisional_and_still_knows_the_decree():
    new_year = CHINA.day(date(LAST_KNOWN_YEAR + 1, 1, 1))
    assert (new_year.is_workday, new_year.name, new_year.kind) == (False, "New Year's Day", REST)
    assert new_year.provisional
    assert CHINA.is_provisional(Period(LAST_KNOWN_YEAR + 1, 3))
    assert not CHINA.is_provisional(Period(LAST_KNOWN_YEAR, 12))


@pytest.mark.parametrize("year", [1900, FIRST_KNOWN_YEAR - 1, LAST_KNOWN_YEAR + 1, 2099, 2500])
def test_no_year_raises(year):
    period = Period(year, 2)
    assert CHINA.workdays_in(period)
    assert all(day.provisional for day in CHINA.days(period))


def test_the_agencys_own_day_wins():
    saturday, anniversary = date(2026, 10, 17), date(2026, 10, 21)
    own = WorkdayCalendar({saturday: (True, "Stocktaking"), anniversary: (False, "Anniversary")})
    assert own.is_workday(saturday)
    assert own.day(saturday).kind == WORK
    assert own.day(anniversary).name == "Anniversary"
    assert own.day(anniversary).own
    assert own.add_workdays(date(2026, 10, 20), 1) == date(2026, 10, 22)
    assert not CHINA.is_workday(saturday)


def test_an_own_day_of_an_unknown_year_is_not_provisional():
    eve = date(LAST_KNOWN_YEAR + 1, 2, 4)
    assert public_day(eve).provisional
    assert not WorkdayCalendar({eve: (False, "")}).day(eve).provisional


def test_a_calendar_without_any_workday_answers_and_does_not_hang():
    closed = WorkdayCalendar({day: (False, "") for n in range(30) for day in Period(2026, 1) + n})
    assert closed.workdays_in(OCTOBER) == []
    assert closed.nth_workday(OCTOBER, 1) == date(2026, 10, 1)
    assert closed.add_workdays(date(2026, 10, 1), 1) == date(2026, 10, 2)


dates = st.dates(min_value=date(2003, 1, 1), max_value=date(2030, 12, 31))


@given(start=dates, count=st.integers(min_value=1, max_value=60))
def test_so_many_workdays_on_and_back_again(start, count):
    end = CHINA.add_workdays(start, count)
    between = [
        d for n in range((end - start).days) if CHINA.is_workday(d := date.fromordinal(start.toordinal() + n + 1))
    ]
    assert len(between) == count
    assert between[-1] == end
    assert CHINA.add_workdays(end, -count) == CHINA.on_or_before(start)
