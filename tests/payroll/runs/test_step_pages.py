"""The steps of a run by its pages: who may press what, and what they are told."""

import pytest
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.models import PayrollRun
from payroll.runs import jobs
from payroll.runs.approving import submit
from payroll.runs.states import State
from tests.payroll.pages import made, page
from tests.payroll.runs.stage import attend, computed, look_through, opened, sheet, submitted

pytestmark = pytest.mark.django_db


def test_the_whole_month_by_its_pages(stage, sign_in):
    client = sign_in(stage.specialist)
    made(stage, lambda c: opened(c))
    run = made(stage, lambda c: PayrollRun.objects.get())
    assert "等考勤表" in page(client, "run", run.pk)
    file = sheet("0101,王海波,22,20,16,8,12")
    file.name = "10月考勤.csv"
    looked = client.post(reverse("payroll:run_import", args=[run.pk]), {"file": file})
    assert (
        client.post(reverse("payroll:run_import_commit", args=[run.pk]), {"token": looked.context["token"]}).status_code
        == 302
    )
    client.post(reverse("payroll:run_compute", args=[run.pk]))
    shown = page(client, "run", run.pk)
    assert "王海波" in shown
    assert "3,600.00" in shown
    client.post(reverse("payroll:run_submit", args=[run.pk]), {"confirmed": "1"})
    officer = sign_in(stage.payroll_officer)
    officer.post(reverse("payroll:run_approve", args=[run.pk]), {"confirmed": "1"})
    specialist = sign_in(stage.specialist)
    specialist.post(reverse("payroll:run_publish", args=[run.pk]), {"confirmed": "1"})
    assert "复制链接" in page(specialist, "run_links", run.pk)
    with tenant(stage.agency):
        run.refresh_from_db()
        assert (run.state, run.published_by, run.approver) == (State.APPROVED, stage.specialist, stage.payroll_officer)


def test_the_preparer_sees_why_they_cannot_approve(stage, sign_in):
    with tenant(stage.agency):
        run = computed(stage)
        look_through(run, stage.payroll_officer)
        submit(run, stage.payroll_officer)
    client = sign_in(stage.payroll_officer)
    assert "您经办的，要同事来批" in page(client, "run", run.pk)
    answer = client.post(reverse("payroll:run_approve", args=[run.pk]), {"confirmed": "1"}, follow=True)
    assert "要另一位同事批准" in answer.content.decode()


def test_approving_asks_first(stage, sign_in):
    run = made(stage, submitted)
    client = sign_in(stage.payroll_officer)
    asked = client.post(reverse("payroll:run_approve", args=[run.pk]))
    assert "批准这一批？" in asked.content.decode()
    with tenant(stage.agency):
        assert PayrollRun.objects.get().state == State.SUBMITTED


def test_sending_back_needs_a_reason(stage, sign_in):
    run = made(stage, submitted)
    client = sign_in(stage.payroll_officer)
    url = reverse("payroll:run_return", args=[run.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "夜班少一次"})
    assert "夜班少一次" in page(sign_in(stage.specialist), "run", run.pk)


def test_large_runs_are_computed_in_the_background(stage, sign_in, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(jobs, "AT_ONCE", 0)
    with tenant(stage.agency):
        run = opened(stage)
        attend(run, stage.worker)
    client = sign_in(stage.specialist)
    monkeypatch.setattr(
        jobs.compute_run.task, "apply_async",
        lambda args, kwargs, headers: jobs.compute_run.task.apply(args, kwargs, headers=headers),
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("payroll:run_compute", args=[run.pk]))
    assert "/progress/" in answer["Location"]
    with tenant(stage.agency):
        run.refresh_from_db()
        assert (run.state, run.computed_by) == (State.COMPUTED, stage.specialist)
