from datetime import date

import pytest
import time_machine
from django.urls import reverse

from agency.models import CalendarDay
from agency.tenancy.context import tenant

pytestmark = pytest.mark.usefixtures("october")
URL = "agency:own_days"


@pytest.fixture
def october():
    with time_machine.travel("2026-10-21 02:00:00Z", tick=False):
        yield


def own_days(company):
    with tenant(company.agency):
        return list(CalendarDay.objects.values_list("date", "is_workday"))


def test_the_administrator_sets_a_day_and_takes_it_back(cast, sign_in):
    browser = sign_in(cast.ours.administrator)
    answer = browser.post(reverse(URL), {"date": "2026-10-24", "is_workday": "yes", "name": "盘点"})
    assert answer.status_code == 302
    assert own_days(cast.ours) == [(date(2026, 10, 24), True)]
    assert "盘点" in browser.get(reverse(URL)).content.decode()
    with tenant(cast.ours.agency):
        pk = CalendarDay.objects.get().pk
    browser.post(reverse("agency:own_day_clear", args=[pk]))
    assert own_days(cast.ours) == []


def test_a_day_long_ago_is_refused(cast, sign_in):
    answer = sign_in(cast.ours.administrator).post(reverse(URL), {"date": "2024-01-01", "is_workday": "no"})
    assert answer.status_code == 422
    assert own_days(cast.ours) == []


def test_a_specialist_does_not_change_the_calendar(cast, sign_in):
    assert sign_in(cast.ours.specialist).get(reverse(URL)).status_code == 403


def test_another_agencys_day_is_out_of_reach(cast, sign_in):
    with tenant(cast.theirs.agency):
        pk = CalendarDay.objects.create(date=date(2026, 10, 24), is_workday=True).pk
    assert sign_in(cast.ours.administrator).post(reverse("agency:own_day_clear", args=[pk])).status_code == 404
    assert own_days(cast.theirs) == [(date(2026, 10, 24), True)]
