"""One approver who is not the preparer; and of two who approve at once, one wins."""

import threading

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from agency.audit.models import BusinessEvent
from agency.periods import Period
from agency.tenancy.context import tenant
from payroll import signals
from payroll.models import PayrollInput, PayrollRun, Payslip
from payroll.payslips.publishing import publish
from payroll.refusals import Refused
from payroll.runs.approving import approve, archive, look_at, mark_paid, not_looked_at, return_run, submit
from payroll.runs.computing import compute
from payroll.runs.moving import WrongState
from payroll.runs.preparing import change_input, open_run
from payroll.runs.states import State
from tests.cast import assemble
from tests.payroll.runs.stage import (
    OCTOBER,
    approved,
    attend,
    computed,
    employ,
    look_through,
    opened,
    scheme,
    slip_of,
    submitted,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def test_the_whole_way(ours):
    heard = []
    for name in ("run_computed", "run_approved", "payslips_published"):
        getattr(signals, name).connect(lambda run, name=name, **kw: heard.append(name), weak=False, dispatch_uid=name)
    run = approved(ours)
    assert (run.approver, run.preparer) == (ours.payroll_officer, ours.specialist)
    run = archive(mark_paid(publish(run, ours.specialist), ours.payroll_officer), ours.payroll_officer)
    assert run.state == State.ARCHIVED
    assert heard == ["run_computed", "run_approved", "payslips_published"]
    names = set(BusinessEvent.objects.filter(subject_id=run.pk).values_list("name", flat=True))
    assert {"payroll.run.opened", "payroll.run.approved", "payroll.payslips.published"} <= names
    for name in ("run_computed", "run_approved", "payslips_published"):
        getattr(signals, name).disconnect(dispatch_uid=name)


def test_two_clicks_open_one_run(ours):
    first = opened(ours)
    assert open_run(ours.client, OCTOBER, ours.colleague) == first


def test_the_preparer_cannot_approve(ours):
    run = submitted(ours)
    with pytest.raises(Refused):
        approve(run, ours.specialist)


@pytest.mark.parametrize("role", ["preparer", "imported_by", "computed_by"])
def test_the_database_refuses_a_preparer_as_approver(ours, role):
    """The proof that the rule does not hang on the program: a plain UPDATE fails too."""
    run = submitted(ours)
    with pytest.raises(IntegrityError, match=f"payroll_run_approver_not_{role}"), transaction.atomic():
        PayrollRun.objects.filter(pk=run.pk).update(state="approved", approver=ours.reviewer, **{role: ours.reviewer})


def test_who_changed_a_figure_earlier_cannot_approve_either(ours):
    run = computed(ours)
    change_input(run, ours.worker.pk, {"days_worked_x100": 21_00}, ours.payroll_officer)
    change_input(run, ours.worker.pk, {"days_worked_x100": 22_00}, ours.specialist)
    compute(run, ours.specialist)
    look_through(run, ours.specialist)
    submit(run, ours.specialist)
    run.refresh_from_db()
    with pytest.raises(Refused):
        approve(run, ours.payroll_officer)


def test_marked_rows_must_be_looked_at_first(ours):
    run = computed(ours, deductions_fen=2000_00)
    with pytest.raises(Refused):
        submit(run, ours.specialist)
    run.refresh_from_db()
    assert run.state == State.COMPUTED
    look_at(not_looked_at(run).get(), ours.specialist)
    assert submit(run, ours.specialist).state == State.SUBMITTED


def test_what_cannot_be_computed_cannot_be_handed_in(ours):
    run = opened(ours)
    attend(run, ours.worker)
    employ(ours, "丁秀英", 305)
    compute(run, ours.specialist)
    with pytest.raises(Refused):
        look_at(Payslip.objects.exclude(errors=0).get(), ours.specialist)
    with pytest.raises(Refused, match="1"):
        submit(run, ours.specialist)


def test_attendance_newer_than_the_computation_is_not_handed_in(ours):
    run = computed(ours)
    change_input(run, ours.worker.pk, {"days_absent_x100": 1_00}, ours.specialist)
    with pytest.raises(Refused):
        submit(run, ours.specialist)


def test_a_return_needs_a_reason_and_gives_the_run_back(ours):
    run = submitted(ours)
    with pytest.raises(Refused):
        return_run(run, ours.payroll_officer, "  ")
    run = return_run(run, ours.payroll_officer, "夜班少一次")
    assert (run.state, run.return_reason) == (State.COMPUTED, "夜班少一次")
    assert compute(run, ours.specialist).state == State.COMPUTED


def test_approving_twice_counts_once(ours):
    run = approved(ours)
    with pytest.raises(WrongState):
        approve(run, ours.payroll_officer)
    assert BusinessEvent.objects.filter(name="payroll.run.approved").count() == 1


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_closed_figures_cannot_change_even_by_sql(ours, state):
    run = {"submitted": submitted, "approved": approved}[state](ours)
    for change in (
        lambda: Payslip.objects.filter(run=run).update(net_fen=1),
        lambda: Payslip.objects.filter(run=run).delete(),
        lambda: PayrollInput.objects.filter(run=run).update(days_worked_x100=1),
    ):
        with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
            change()


def test_an_open_figure_can_change(ours):
    """The proof that the test above asks the right question."""
    run = computed(ours)
    assert Payslip.objects.filter(run=run).update(net_fen=1) == 1


def test_the_database_knows_the_moves(ours):
    run = approved(ours)
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        PayrollRun.objects.filter(pk=run.pk).update(state="computed")


def test_payslips_are_not_published_before_approval(ours):
    run = submitted(ours)
    with pytest.raises(Refused):
        publish(run, ours.specialist)
    with pytest.raises(IntegrityError, match="published"), transaction.atomic():
        PayrollRun.objects.filter(pk=run.pk).update(published_at="2026-11-01T00:00Z")


def test_publishing_twice_keeps_the_first_moment(ours):
    run = publish(approved(ours), ours.specialist)
    assert publish(run, ours.payroll_officer).published_by == ours.specialist


def test_a_run_computed_before_another_approval_must_be_computed_again(ours):
    """Both runs would withhold from the same starting point: the second must stand on the first."""
    scheme(ours)
    regular = submitted(ours, Period(2026, 10))
    extra = opened(ours, Period(2026, 10), kind="supplementary")
    attend(extra, ours.worker, days_worked_x100=0, allowances_fen=9000_00)
    extra = compute(extra, ours.specialist)
    look_through(extra, ours.specialist)
    extra = submit(extra, ours.specialist)
    approve(regular, ours.payroll_officer)
    with pytest.raises(Refused):
        approve(extra, ours.payroll_officer)
    extra = compute(return_run(extra, ours.payroll_officer, "重算"), ours.specialist)
    look_through(extra, ours.specialist)
    extra = approve(submit(extra, ours.specialist), ours.payroll_officer)
    assert slip_of(extra, ours.worker).income_to_date_fen == 3600_00 + 9000_00


def test_an_earlier_month_is_not_approved_after_a_later_one(ours):
    september = submitted(ours, Period(2026, 9))
    approved(ours, Period(2026, 10))
    with pytest.raises(Refused):
        approve(september, ours.payroll_officer)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_wins():
    ours = assemble().ours
    with tenant(ours.agency):
        run = submitted(ours)
    start, outcomes = threading.Barrier(2), []

    def click(officer):
        start.wait()
        try:
            with tenant(ours.agency):
                approve(run_of(run.pk), officer)
            outcomes.append("approved")
        except WrongState:
            outcomes.append("too late")
        finally:
            connection.close()

    def run_of(pk):
        return PayrollRun.objects.get(pk=pk)

    clicks = [threading.Thread(target=click, args=(who,)) for who in (ours.payroll_officer, ours.manager)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert sorted(outcomes) == ["approved", "too late"]
    with tenant(ours.agency):
        assert BusinessEvent.objects.filter(name="payroll.run.approved").count() == 1
