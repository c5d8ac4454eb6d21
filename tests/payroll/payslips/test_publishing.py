"""Payslips go out once, at the set hour, after approval and never before; until then they can be taken back."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from agency.audit.models import BusinessEvent
from agency.outside.links import BadLink
from agency.tenancy.context import tenant
from payroll import signals
from payroll.models import PayrollRun
from payroll.payslips import tasks
from payroll.payslips.links import published as readable
from payroll.payslips.publishing import publish, publish_due, recall, schedule
from payroll.refusals import Refused
from tests.payroll.pages import made
from tests.payroll.runs.stage import approved, slip_of, submitted

pytestmark = pytest.mark.django_db
# Half past two in the afternoon in Shanghai.
NOON = dt.datetime(2026, 11, 23, 6, 30, tzinfo=dt.UTC)
EVENING = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


def test_they_go_out_at_the_set_hour_and_once(ours, clock):
    heard = []
    signals.payslips_published.connect(lambda run, **kw: heard.append(run), weak=False, dispatch_uid="heard")
    run = schedule(approved(ours), EVENING, ours.specialist)
    assert publish_due() == 0
    with pytest.raises(BadLink):
        readable(slip_of(run, ours.worker).pk)
    clock.move_to(EVENING)
    assert (publish_due(), publish_due()) == (1, 0)
    run.refresh_from_db()
    assert (run.published_at, run.published_by, heard) == (EVENING, ours.specialist, [run])
    assert readable(slip_of(run, ours.worker).pk)
    assert BusinessEvent.objects.filter(name="payroll.payslips.published").count() == 1
    signals.payslips_published.disconnect(dispatch_uid="heard")


def test_taken_back_before_the_hour_they_stay_in(ours, clock):
    run = recall(schedule(approved(ours), EVENING, ours.specialist), ours.specialist)
    clock.move_to(EVENING)
    assert publish_due() == 0
    run.refresh_from_db()
    assert run.published_at is None


def test_after_the_hour_nothing_can_be_taken_back(ours, clock):
    run = schedule(approved(ours), EVENING, ours.specialist)
    clock.move_to(EVENING)
    with pytest.raises(Refused):
        recall(run, ours.specialist)
    publish_due()
    with pytest.raises(Refused):
        recall(run, ours.specialist)


def test_nothing_is_scheduled_before_approval_or_twice_out(ours, clock):
    run = submitted(ours)
    with pytest.raises(Refused):
        schedule(run, EVENING, ours.specialist)
    with pytest.raises(IntegrityError, match="publish_at"), transaction.atomic():
        PayrollRun.objects.filter(pk=run.pk).update(publish_at=EVENING)
    out = publish(approved(ours), ours.specialist)
    with pytest.raises(Refused):
        schedule(out, EVENING, ours.specialist)


def test_an_hour_that_has_passed_is_refused(ours, clock):
    with pytest.raises(Refused):
        schedule(approved(ours), NOON, ours.specialist)


def test_the_hour_is_that_of_the_agencys_clocks(stage, sign_in, clock):
    run = made(stage, approved)
    client = sign_in(stage.specialist)
    url = reverse("payroll:run_schedule", args=[run.pk])
    assert client.post(url, {"at": "2026-11-23T14:00"}).status_code == 422
    assert client.post(url, {"at": "2026-11-23T18:00"}).status_code == 302
    with tenant(stage.agency):
        assert PayrollRun.objects.get().publish_at == EVENING
    assert "收回" in client.get(reverse("payroll:run", args=[run.pk])).content.decode()
    client.post(reverse("payroll:run_recall", args=[run.pk]))
    with tenant(stage.agency):
        assert PayrollRun.objects.get().publish_at is None


def test_the_clock_asks_every_agency(cast, clock, django_capture_on_commit_callbacks):
    for company in (cast.ours, cast.theirs):
        with tenant(company.agency):
            schedule(approved(company), EVENING, company.specialist)
    clock.move_to(EVENING)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.publish_all()
    for company in (cast.ours, cast.theirs):
        with tenant(company.agency):
            tasks.publish_those_due.apply(headers={"rls_tenant_id": company.agency.pk, "rls_admin": False})
            assert PayrollRun.objects.get().published_at is not None
