"""Windows of real months: October 2026 with National Day (1–7 off, Saturday 10 worked), and what follows from it."""

import datetime as dt

import pytest

from agency.calendar.workdays import WorkdayCalendar
from agency.periods import Period
from servicedesk.workflow import windows
from servicedesk.workflow.windows import Window
from servicedesk.workflow.yearly import deadlines

OCTOBER, NOVEMBER, SEPTEMBER = Period(2026, 10), Period(2026, 11), Period(2026, 9)
CALENDAR = WorkdayCalendar()


def on(month: int, day: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


def test_october_has_18_workdays_and_starts_to_work_on_the_8th():
    assert len(CALENDAR.workdays_in(OCTOBER)) == 18
    assert CALENDAR.nth_workday(OCTOBER, 1) == on(10, 8)


def test_calendar_days_end_on_a_make_up_saturday_that_is_worked():
    """Attendance 8—10日: Saturday the 10th makes up for National Day, so it counts."""
    assert windows.calendar_days(OCTOBER, 8, 10, CALENDAR) == Window(on(10, 8), on(10, 10))


def test_a_deadline_on_a_sunday_comes_earlier():
    """Insurance 5—15日: 15 November 2026 is a Sunday, the bureau closes on Friday the 13th."""
    assert windows.calendar_days(NOVEMBER, 5, 15, CALENDAR) == Window(on(11, 5), on(11, 13))


def test_a_window_inside_a_holiday_is_due_on_the_first_workday_after_it():
    assert windows.calendar_days(OCTOBER, 1, 6, CALENDAR) == Window(on(10, 1), on(10, 8))


def test_day_31_means_the_last_day_and_is_due_on_the_last_workday():
    assert windows.calendar_days(OCTOBER, 1, 31, CALENDAR) == Window(on(10, 1), on(10, 30))


def test_the_agencys_own_closing_day_moves_the_deadline():
    closed = WorkdayCalendar({on(10, 10): (False, "盘点")})
    assert windows.calendar_days(OCTOBER, 8, 10, closed).due_on == on(10, 9)


def test_workdays_are_counted_from_either_end():
    assert windows.nth_workdays(OCTOBER, 1, 3, CALENDAR) == Window(on(10, 8), on(10, 10))
    assert windows.nth_workdays(OCTOBER, -2, -1, CALENDAR) == Window(on(10, 29), on(10, 30))


def test_wages_are_prepared_on_workdays_before_pay_day():
    """Pay day 15: the workdays before it are 14, 13, 12, then Saturday 10 (made up), 9."""
    assert windows.around_pay_day(OCTOBER, 15, -5, -4, CALENDAR) == Window(on(10, 9), on(10, 10))
    assert windows.around_pay_day(OCTOBER, 15, -1, 0, CALENDAR) == Window(on(10, 14), on(10, 15))


def test_wages_due_in_a_holiday_are_paid_before_it():
    """Pay day 5 lies in National Day: 30 September is the last workday before it (工资支付暂行规定 art. 7)."""
    assert windows.around_pay_day(OCTOBER, 5, -2, 0, CALENDAR) == Window(on(9, 28), on(9, 30))


def test_what_follows_pay_day_stays_in_the_month():
    assert windows.around_pay_day(OCTOBER, 31, 0, 2, CALENDAR) == Window(on(10, 30), on(10, 30))


def test_the_tax_deadline_comes_from_the_yearly_table():
    """October 2026: the 26th, which no rule about the 15th would give."""
    table = deadlines("income_tax")
    assert windows.before_deadline(OCTOBER, table, 3, CALENDAR) == Window(on(10, 21), on(10, 26))
    assert windows.before_deadline(NOVEMBER, table, 3, CALENDAR).due_on == on(11, 16)


def test_a_year_without_a_table_is_provisional():
    window = windows.before_deadline(Period(2027, 5), deadlines("income_tax"), 3, CALENDAR)
    assert window == Window(on(5, 12, 2027), on(5, 17, 2027), provisional=True)


def test_a_year_whose_holidays_are_unknown_is_provisional():
    assert windows.calendar_days(Period(2027, 3), 5, 12, CALENDAR).provisional
    assert not windows.calendar_days(OCTOBER, 5, 12, CALENDAR).provisional


def test_weeks_with_fewer_than_three_workdays_are_left_out():
    """October 2026: the first days are a holiday; the week of the 5th has three workdays with the made-up Saturday."""
    assert windows.weekly(OCTOBER, CALENDAR) == [
        Window(on(10, 5), on(10, 10)),
        Window(on(10, 12), on(10, 16)),
        Window(on(10, 19), on(10, 23)),
        Window(on(10, 26), on(10, 30)),
    ]


@pytest.mark.parametrize("period", [SEPTEMBER, OCTOBER, NOVEMBER, Period(2026, 2)])
def test_every_month_has_at_least_three_weeks_to_visit(period):
    assert len(windows.weekly(period, CALENDAR)) >= 3
