"""One regular and one bonus run a month, several of the other kinds, and corrections that name what they correct."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.models import PayrollRun
from payroll.refusals import Refused
from payroll.runs.approving import check_off, submit
from payroll.runs.computing import compute
from payroll.runs.moving import WrongState
from payroll.runs.preparing import change_input
from payroll.runs.states import State
from tests.payroll.pages import made, page
from tests.payroll.runs.stage import OCTOBER, approved, attend, computed, look_through, opened, slip_of, submitted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["regular", "bonus"])
def test_a_month_has_one_of_these(ours, kind):
    first = opened(ours, kind=kind)
    attend(first, ours.worker)
    assert opened(ours, kind=kind) == first
    with pytest.raises(IntegrityError, match="sequence"), transaction.atomic():
        PayrollRun.objects.filter(pk=first.pk).update(sequence=2)


def test_a_second_supplementary_run_opens_once_the_first_is_in_use(ours):
    first = opened(ours, kind="supplementary")
    assert opened(ours, kind="supplementary") == first
    attend(first, ours.worker)
    second = opened(ours, kind="supplementary")
    assert (first.sequence, second.sequence) == (1, 2)
    assert str(second).endswith(f"{second.get_kind_display()} 2")


def test_a_correction_is_a_run_of_its_own_that_names_the_old_one(ours):
    old = approved(ours)
    net = slip_of(old, ours.worker).net_fen
    run = opened(ours, kind="correction", corrects=old)
    attend(run, ours.worker, days_worked_x100=0, allowances_fen=100_00)
    run = compute(run, ours.specialist)
    assert (run.corrects, slip_of(run, ours.worker).gross_fen) == (old, 100_00)
    assert slip_of(old, ours.worker).net_fen == net


def test_a_correction_corrects_an_approved_run_of_its_client_and_month(ours):
    with pytest.raises(Refused):
        opened(ours, kind="correction", corrects=submitted(ours))
    with pytest.raises(Refused):
        opened(ours, kind="correction")
    with pytest.raises(Refused):
        opened(ours, OCTOBER.next(), kind="correction", corrects=approved(ours))
    with pytest.raises(IntegrityError, match="corrects"), transaction.atomic():
        PayrollRun.objects.filter(kind="regular").update(kind="correction")


def test_checking_comes_before_submission(ours):
    run = computed(ours, deductions_fen=2000_00)
    with pytest.raises(Refused):
        check_off(run, ours.specialist)
    look_through(run, ours.specialist)
    run = check_off(run, ours.specialist)
    assert run.state == State.CHECKED
    assert submit(run, ours.specialist).state == State.SUBMITTED


def test_a_change_takes_the_check_back(ours):
    run = computed(ours)
    look_through(run, ours.specialist)
    check_off(run, ours.specialist)
    change_input(run, ours.worker.pk, {"days_worked_x100": 21_00}, ours.specialist)
    run.refresh_from_db()
    assert (run.state, run.is_stale) == (State.COMPUTED, True)
    with pytest.raises(Refused):
        submit(run, ours.specialist)
    with pytest.raises(WrongState):
        check_off(submitted(ours), ours.specialist)


@pytest.mark.parametrize(
    ("kind", "extra", "status"),
    [
        ("bonus", {}, 302),
        ("severance", {}, 422),
        ("severance", {"average_wage_fen": "120000"}, 302),
        ("correction", {}, 422),
    ],
)
def test_each_kind_is_started_from_its_page(stage, sign_in, kind, extra, status):
    made(stage, opened)
    client = sign_in(stage.specialist)
    given = {"kind": kind, "client": stage.client.pk, "period": "2026-10"} | extra
    assert client.post(reverse("payroll:run_open"), given).status_code == status


def test_a_correction_starts_from_the_run_it_corrects(stage, sign_in):
    old = made(stage, approved)
    client = sign_in(stage.specialist)
    assert f"corrects={old.pk}" in page(client, "run", old.pk)
    given = {"kind": "correction", "client": stage.client.pk, "period": "2026-10", "corrects": old.pk}
    answer = client.post(reverse("payroll:run_open"), given)
    with tenant(stage.agency):
        assert answer["Location"] == reverse("payroll:run", args=[PayrollRun.objects.get(corrects=old).pk])
