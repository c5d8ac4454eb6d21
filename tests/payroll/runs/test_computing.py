"""A run turns attendance into payslips; one bad worker stops nobody else."""

import datetime as dt

import pytest
from django.db import connection

from agency.periods import Period
from payroll.calculation.columns import RowError
from payroll.models import Payslip
from payroll.payslips.checks import Check
from payroll.payslips.replaying import replay
from payroll.refusals import Refused
from payroll.runs.computing import compute
from payroll.runs.moving import WrongState
from payroll.runs.states import State
from tests.payroll.runs.stage import (
    OCTOBER,
    approved,
    attend,
    computed,
    employ,
    look_through,
    opened,
    slip_of,
    submitted,
)
from workers.models import InsuranceEnrolment, Placement, Worker

pytestmark = pytest.mark.django_db


def test_attendance_becomes_a_payslip(ours):
    run = computed(
        ours,
        overtime_weekday_x100=20_00,
        overtime_rest_day_x100=16_00,
        overtime_holiday_x100=8_00,
        night_shifts=12,
        deductions_fen=62_40,
    )
    slip = slip_of(run, ours.worker)
    # docs/payroll/gross.md: 20, 16 and 8 hours on 3,600
    assert (slip.overtime_weekday_fen, slip.overtime_rest_day_fen, slip.overtime_holiday_fen) == (
        620_69,
        662_07,
        496_55,
    )
    assert (slip.base_fen, slip.allowances_fen, slip.gross_fen) == (3600_00, 240_00, 5619_31)
    # 苏州 on 5,000: pension 8 %, medical 2 % + 5 yuan, unemployment 0.5 %, fund 5 %
    assert (slip.employee_pension_fen, slip.employee_medical_fen, slip.employee_unemployment_fen) == (
        400_00,
        105_00,
        25_00,
    )
    assert (slip.employee_fund_fen, slip.employer_fund_fen, slip.employer_injury_fen) == (250_00, 250_00, 20_00)
    assert slip.net_fen == slip.gross_fen - 530_00 - 250_00 - slip.tax_fen - 62_40
    assert (run.state, run.version, run.headcount, run.totals["net_fen"]) == (State.COMPUTED, 1, 1, slip.net_fen)


def test_the_stored_payslip_can_be_computed_again_bit_for_bit(ours):
    run = computed(ours, overtime_weekday_x100=7_25, days_absent_x100=1_50, sick_days_x100=1_00)
    slip = slip_of(run, ours.worker)
    assert replay(slip).differences(slip) == {}
    told = replay(slip).workings
    assert sum(line.amount_fen for line in told.earned + told.taken) == slip.net_fen


def test_a_changed_amount_would_be_noticed(ours):
    slip = slip_of(computed(ours), ours.worker)
    slip.tax_fen += 1
    assert replay(slip).differences(slip) == {"tax_fen": (slip.tax_fen, slip.tax_fen - 1)}


def test_one_bad_worker_never_blocks_the_others(ours):
    run = opened(ours)
    bad = employ(ours, "孙玉梅", 176)
    InsuranceEnrolment.objects.filter(worker=bad).update(housing_fund_rate=990_000)
    attend(run, ours.worker)
    attend(run, bad)
    run = compute(run, ours.specialist)
    wrong = slip_of(run, bad)
    assert (wrong.errors, wrong.net_fen) == (RowError.RATE_OUT_OF_RANGE, 0)
    assert wrong.checks & Check.NOT_COMPUTED
    assert slip_of(run, ours.worker).net_fen > 0
    assert (run.errors, run.headcount) == (1, 2)


def test_who_is_not_in_the_attendance_gets_no_wage_by_mistake(ours):
    run = opened(ours)
    attend(run, ours.worker)
    absent = employ(ours, "丁秀英", 305)
    slip = slip_of(compute(run, ours.specialist), absent)
    assert slip.checks & Check.NO_ATTENDANCE
    assert (slip.gross_fen, slip.net_fen) == (0, 0)


def test_who_is_left_out_gets_no_payslip(ours):
    run = opened(ours)
    attend(run, ours.worker)
    attend(run, employ(ours, "丁秀英", 305), left_out=True)
    assert compute(run, ours.specialist).headcount == 1


def test_computing_again_replaces_the_drafts(ours):
    run = computed(ours)
    first = slip_of(run, ours.worker)
    attend(run, ours.worker, overtime_weekday_x100=10_00)
    run = compute(run, ours.specialist)
    again = slip_of(run, ours.worker)
    assert (again.pk, run.version) == (first.pk, 2)
    assert again.gross_fen == first.gross_fen + 310_34


def place_in_table(slip):
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM payroll_payslip WHERE id = %s", [slip.pk])
        return cursor.fetchone()


def test_only_what_has_changed_is_written_again(ours):
    run = opened(ours)
    other = employ(ours, "丁秀英", 305)
    attend(run, ours.worker)
    attend(run, other)
    compute(run, ours.specialist)
    slips = [slip_of(run, worker) for worker in (ours.worker, other)]
    before = [place_in_table(slip) for slip in slips]
    attend(run, ours.worker, overtime_weekday_x100=10_00)
    joined = employ(ours, "高翔", 412)
    attend(run, joined)
    compute(run, ours.specialist)
    changed, same = (place_in_table(slip) for slip in slips)
    assert (changed != before[0], same == before[1]) == (True, True)
    assert slip_of(run, joined).net_fen > 0


@pytest.mark.parametrize("change", [{"name": "丁秀兰"}, {"employee_no": "0999"}])
def test_what_the_roster_says_is_taken_over_again(ours, change):
    run = computed(ours)
    Worker.objects.filter(pk=ours.worker.pk).update(**change)
    compute(run, ours.specialist)
    slip = slip_of(run, ours.worker)
    assert {name: getattr(slip, name) for name in change} == change


def test_a_mark_stays_only_while_the_figures_stay(ours):
    run = computed(ours, deductions_fen=2000_00)
    look_through(run, ours.specialist)
    assert slip_of(compute(run, ours.specialist), ours.worker).looked_by == ours.specialist
    attend(run, ours.worker, deductions_fen=2900_00)
    assert slip_of(compute(run, ours.specialist), ours.worker).looked_by is None


def test_who_leaves_the_client_leaves_the_draft(ours):
    run = computed(ours)
    Placement.objects.filter(worker=ours.worker).update(valid_to=dt.date(2026, 9, 1))
    other = employ(ours, "丁秀英", 305)
    attend(run, other)
    compute(run, ours.specialist)
    assert list(Payslip.objects.filter(run=run).values_list("worker", flat=True)) == [other.pk]


def test_who_joins_within_the_month_earns_by_days_worked(ours):
    run = opened(ours)
    worker = employ(ours, "高翔", 412)
    Placement.objects.filter(worker=worker).update(valid_from=dt.date(2026, 10, 22))
    attend(run, worker, days_worked_x100=6_00)
    slip = slip_of(compute(run, ours.specialist), worker)
    assert slip.base_fen == 993_10
    assert slip.checks & Check.NEW


def test_a_month_is_insured_once_when_a_worker_moves_to_another_client(ours):
    run = opened(ours)
    Placement.objects.filter(worker=ours.worker).update(valid_to=dt.date(2026, 10, 15))
    Placement.objects.create(
        worker=ours.worker,
        client=ours.other_client,
        post=ours.other_client.posts.get(),
        valid_from=dt.date(2026, 10, 15),
        base_wage_fen=360_000,
    )
    attend(run, ours.worker, days_worked_x100=10_00)
    there = opened(ours, client=ours.other_client)
    attend(there, ours.worker, days_worked_x100=12_00)
    here_slip = slip_of(compute(run, ours.specialist), ours.worker)
    there_slip = slip_of(compute(there, ours.specialist), ours.worker)
    assert (here_slip.employee_social_fen, there_slip.employee_social_fen) == (0, 530_00)
    assert here_slip.checks & Check.INSURED_ELSEWHERE
    assert not here_slip.checks & Check.NOT_INSURED


def test_the_housing_fund_of_suzhou_is_unknown_before_july_2026(ours):
    run = computed(ours, Period(2026, 6))
    assert slip_of(run, ours.worker).errors & RowError.UNKNOWN_POLICY
    assert run.provisional[0]["city"] == "苏州"
    assert "nothing known" in run.provisional[0]["missing"]


def test_provisional_rules_are_named_on_the_run(ours):
    assert computed(ours).provisional == [
        {"city": "苏州", "insurances": ["housing_fund", "injury", "medical", "pension", "unemployment"]}
    ]


def test_a_supplementary_run_pays_what_was_imported_and_insures_nobody(ours):
    run = opened(ours, OCTOBER, kind="supplementary")
    employ(ours, "丁秀英", 305)
    attend(run, ours.worker, days_worked_x100=0, allowances_fen=100_00)
    run = compute(run, ours.specialist)
    slip = slip_of(run, ours.worker)
    assert (run.headcount, slip.gross_fen, slip.employee_social_fen, slip.net_fen) == (1, 100_00, 0, 100_00)


def test_nothing_imported_nothing_computed(ours):
    run = opened(ours)
    with pytest.raises(Refused, match=r"导入|attendance"):
        compute(run, ours.specialist)


def test_a_run_that_was_handed_in_is_not_computed_again(ours):
    run = submitted(ours)
    with pytest.raises(WrongState):
        compute(run, ours.specialist)


def test_a_run_of_any_size_needs_the_same_queries(ours, django_assert_max_num_queries):
    run = opened(ours)
    attend(run, ours.worker)
    for serial in range(300, 330):
        attend(run, employ(ours, "张守田", serial))
    with django_assert_max_num_queries(44):
        run = compute(run, ours.specialist)
    assert run.headcount == 31


def test_approval_of_the_month_before_gives_the_comparison(ours):
    approved(ours, Period(2026, 9))
    run = computed(ours, Period(2026, 10), days_absent_x100=10_00)
    slip = slip_of(run, ours.worker)
    assert slip.previous_net_fen > slip.net_fen
    assert slip.checks & Check.CHANGED
