"""The clock: on the 25th every agency plans its next month."""

import datetime as dt

import pytest
import time_machine

from agency.tenancy.context import tenant
from agency.tenancy.tasks import TenantTask
from config.schedule import SCHEDULE
from servicedesk.models import MonthPlan, Task
from servicedesk.workflow.tasks import plan_month, plan_next_month


def test_the_25th_is_in_the_schedule():
    assert SCHEDULE["plan-next-month"]["schedule"].day_of_month == {25}


@pytest.mark.django_db
@time_machine.travel(dt.datetime(2026, 11, 24, 22, 30, tzinfo=dt.UTC), tick=False)  # 06:30 on the 25th in Shanghai
def test_every_agency_is_sent_its_next_month(cast, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr(
        TenantTask, "apply_async", lambda self, args, kwargs, headers: sent.append((headers["rls_tenant_id"], args))
    )
    with django_capture_on_commit_callbacks(execute=True):
        plan_next_month()
    assert sent == [(cast.ours.agency.pk, ("2026-12",)), (cast.theirs.agency.pk, ("2026-12",))]


def test_planning_a_month_twice_is_once(cast):
    for _twice in range(2):
        with tenant(cast.ours.agency):
            assert plan_month.apply(["2026-12"]).get() == 2
            assert MonthPlan.objects.count() == 2
            tasks = Task.objects.count()
    with tenant(cast.ours.agency):
        assert Task.objects.count() == tasks
    with tenant(cast.theirs.agency):
        assert not MonthPlan.objects.exists()
