"""Clicks at once, with real threads and transactions: never two runs for one, never a second payslip."""

import threading

import pytest
from django.db import connection

from agency.audit.models import BusinessEvent
from agency.tenancy.context import tenant
from payroll.models import PayrollRun, Payslip
from payroll.refusals import Refused
from payroll.runs import jobs
from payroll.runs.approving import submit
from payroll.runs.computing import compute
from payroll.runs.importing import import_attendance
from payroll.runs.preparing import open_run
from tests.cast import assemble
from tests.payroll.runs.stage import OCTOBER, computed, look_through, opened, sheet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company():
    return assemble().ours


def at_once(company, *clicks):
    """Do all clicks at the same moment, each on a connection of its own; return what came of each."""
    start, outcomes = threading.Barrier(len(clicks)), []

    def act(click):
        start.wait()
        try:
            with tenant(company.agency):
                click()
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(click,)) for click in clicks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.parametrize("kind", ["regular", "supplementary"])
def test_clicks_at_once_open_one_run(company, kind):
    with tenant(company.agency):
        opened(company, OCTOBER.previous())
    click = lambda: open_run(company.client, OCTOBER, company.specialist, kind=kind)  # noqa: E731
    assert at_once(company, *[click] * 4) == ["done"] * 4
    with tenant(company.agency):
        assert PayrollRun.objects.of_period(OCTOBER).count() == 1


def test_computing_at_once_makes_each_payslip_once(company):
    with tenant(company.agency):
        run = computed(company)
    assert at_once(company, *[lambda: compute(run, company.specialist)] * 3) == ["done"] * 3
    with tenant(company.agency):
        assert Payslip.objects.filter(run=run).count() == 1
        run.refresh_from_db()
        assert run.version == 4


def test_a_double_submission_counts_once(company):
    with tenant(company.agency):
        run = computed(company)
        look_through(run, company.specialist)
    click = lambda: submit(run, company.specialist)  # noqa: E731
    assert at_once(company, click, click) == ["done", "refused"]
    with tenant(company.agency):
        assert BusinessEvent.objects.filter(name="payroll.run.submitted").count() == 1


def test_importing_and_computing_at_once_leave_one_payslip_and_know_what_is_stale(company):
    with tenant(company.agency):
        run = computed(company)
    take = lambda: import_attendance(run, sheet("0101,王海波,20"), company.specialist, filename="a.csv")  # noqa: E731
    assert at_once(company, take, lambda: compute(run, company.specialist)) == ["done", "done"]
    with tenant(company.agency):
        run.refresh_from_db()
        slip = Payslip.objects.get(run=run)
        assert run.is_stale or slip.inputs["attended_x100"] == 20_00


def test_a_job_that_runs_again_makes_no_second_payslip(company):
    with tenant(company.agency):
        run = computed(company)
        job = jobs.compute_run.start(by=company.specialist, key=str(run.pk), run_id=run.pk, by_id=company.specialist.pk)
    for _attempt in range(2):
        jobs.compute_run.task.apply((job.pk,), headers={"rls_tenant_id": company.agency.pk, "rls_admin": False})
    with tenant(company.agency):
        assert Payslip.objects.filter(run=run).count() == 1
