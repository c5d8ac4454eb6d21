"""The gaps of the four-way match as checks of a run, before it is handed in."""

import pytest

from agency.tenancy.context import tenant
from payroll.matching.gaps import Gap
from payroll.matching.in_run import at_risk
from payroll.matching.matching import match
from payroll.payslips.checks import Check, Level
from payroll.refusals import Refused
from payroll.runs.approving import check_off, look_at
from payroll.runs.computing import compute
from tests.cast import identity_number
from tests.payroll.matching.lists import imported, known
from tests.payroll.pages import page
from tests.payroll.runs.stage import OCTOBER, attend, computed, employ, look_through, opened, slip_of
from workers.models import InsuranceEnrolment, Placement

pytestmark = pytest.mark.django_db
STRANGER = ("石磊", identity_number(777), "在保", "1250", "525")
MATCH = Check.BUREAU_STOPPED | Check.NOT_DECLARED | Check.NOT_BILLED | Check.NOT_PAID | Check.BILLED_NOT_DECLARED


def found(company):
    slip = slip_of(computed(company), company.worker)
    return Check(slip.checks & MATCH), slip


def test_before_a_list_is_in_nothing_is_found(stage):
    with tenant(stage.agency):
        assert found(stage)[0] == 0


def test_who_is_insured_and_paid_has_no_gap(stage):
    imported(stage, known(stage))
    with tenant(stage.agency):
        checks, slip = found(stage)
        assert (checks, slip.run.totals["match"]) == (0, {})


def test_who_is_not_in_the_list_is_wrong_and_can_be_looked_at(stage, sign_in):
    imported(stage, STRANGER)
    with tenant(stage.agency):
        checks, slip = found(stage)
        assert checks == Check.NOT_DECLARED | Check.BILLED_NOT_DECLARED
        assert slip.attention == Level.BAD
        told = slip.run.totals["match"][Gap.NOT_DECLARED]
        row = match(stage.client.pk, OCTOBER).rows[0]
        assert told == {"workers": 1, "fen": row.gaps[Gap.NOT_DECLARED]}
        assert at_risk(slip.run, stage.worker.pk, slip.checks)[Check.NOT_DECLARED] == told["fen"] > 0
        look_at(slip, stage.specialist)
    client = sign_in(stage.specialist)
    link = f"?period=2026-10&amp;worker={stage.worker.pk}"
    assert link in page(client, "payslip", slip.pk)
    assert "gap=not_declared" in page(client, "run_checks", slip.run_id)
    assert "王海波" in page(client, "match", stage.client.pk, period="2026-10", worker=stage.worker.pk)
    assert "王海波" not in page(client, "match", stage.client.pk, period="2026-10", worker=0)


def test_who_stands_in_the_list_as_stopped_blocks_the_submission_but_not_the_compute(stage):
    imported(stage, known(stage, state="停保", employer="0", employee="0"))
    with tenant(stage.agency):
        checks, slip = found(stage)
        assert Check.BUREAU_STOPPED in checks
        assert (slip.attention, slip.errors, slip.net_fen > 0) == (Level.BLOCK, 0, True)
        with pytest.raises(Refused):
            look_at(slip, stage.specialist)
        with pytest.raises(Refused):
            check_off(slip.run, stage.specialist)


def test_insured_by_the_bureau_but_nothing_taken_in_the_run(stage):
    imported(stage, known(stage))
    with tenant(stage.agency):
        InsuranceEnrolment.objects.filter(worker=stage.worker).delete()
        assert found(stage)[0] == Check.NOT_BILLED


def test_insured_without_a_placement_is_told_with_the_run(stage, sign_in):
    with tenant(stage.agency):
        left = employ(stage, "丁秀英", 305)
        Placement.objects.filter(worker=left).update(valid_to=OCTOBER.first_day)
        number = str(left.identity_number)
    imported(stage, known(stage), ("丁秀英", number, "正常参保", "1250", "525"))
    with tenant(stage.agency):
        run = computed(stage)
        assert run.totals["match"] == {"not_placed": {"workers": 1, "fen": 1775_00}}
    assert "gap=not_placed" in page(sign_in(stage.specialist), "run_checks", run.pk)


def test_a_list_that_comes_after_the_computation_wants_another(stage):
    with tenant(stage.agency):
        run = computed(stage)
        look_through(run, stage.specialist)
    imported(stage, known(stage))
    with tenant(stage.agency):
        with pytest.raises(Refused):
            check_off(run, stage.specialist)
        run = compute(run, stage.specialist)
        look_through(run, stage.specialist)
        check_off(run, stage.specialist)


def test_with_a_list_a_run_of_any_size_needs_the_same_queries(stage, django_assert_max_num_queries):
    imported(stage, STRANGER)
    with tenant(stage.agency):
        run = opened(stage)
        attend(run, stage.worker)
        for serial in range(300, 330):
            attend(run, employ(stage, "张守田", serial))
        with django_assert_max_num_queries(49):
            run = compute(run, stage.specialist)
        assert run.totals["checks"]["NOT_DECLARED"] == 31
