from datetime import date

import pytest
import time_machine
from django_rls_tenants.exceptions import NoTenantContextError

from agency.calendar import calendar_for, local_now, provisional_note, today
from agency.calendar.own_days import clear_day, set_day
from agency.models import BusinessEvent, CalendarDay
from agency.periods import Period
from agency.tenancy.context import tenant

EVENING_IN_LONDON = "2026-10-21 16:30:00Z"


@time_machine.travel(EVENING_IN_LONDON, tick=False)
def test_today_is_the_agencys_date(ours):
    assert today() == date(2026, 10, 22)
    assert local_now().hour == 0
    ours.agency.time_zone = "Europe/London"
    assert today(ours.agency) == date(2026, 10, 21)


def test_nobodys_today_is_refused(db):
    with pytest.raises(NoTenantContextError):
        today()


def test_an_own_day_changes_the_agencys_calendar_and_no_other(cast):
    saturday = date(2026, 10, 17)
    with tenant(cast.ours.agency):
        set_day(saturday, is_workday=True, name="盘点")
        assert calendar_for().is_workday(saturday)
        assert calendar_for().day(saturday).name == "盘点"
    assert calendar_for(cast.ours.agency).is_workday(saturday)
    assert not calendar_for(cast.theirs.agency).is_workday(saturday)


def test_an_own_day_can_be_changed_and_taken_back(ours):
    day = date(2026, 10, 21)
    set_day(day, is_workday=False)
    own = set_day(day, is_workday=True)
    assert CalendarDay.objects.count() == 1
    clear_day(own)
    assert calendar_for().day(day).own is False
    names = BusinessEvent.objects.filter(name__startswith="calendar.").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["calendar.day.set", "calendar.day.set", "calendar.day.cleared"]


def test_a_month_not_announced_yet_carries_a_warning():
    assert provisional_note(Period(2026, 10)) == ""
    assert "2027" in provisional_note(Period(2027, 1))
