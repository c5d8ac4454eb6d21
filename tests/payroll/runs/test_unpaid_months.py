"""A month without pay: the worker's own insurance becomes a debt, the client's cost, or a decision."""

import pytest

from agency.periods import Period
from payroll.calculation.debts import Bearer
from payroll.models import PayScheme, WorkerDebt
from payroll.payslips.checks import Check
from payroll.payslips.figures import whole
from payroll.payslips.ledger import written
from payroll.payslips.replaying import replay
from payroll.runs.computing import compute
from payroll.schemes.debts import still_owed
from tests.payroll.runs.stage import approved, computed, scheme, slip_of, submitted

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER, OCTOBER = Period(2026, 8), Period(2026, 9), Period(2026, 10)
ABSENT = {"days_worked_x100": 0, "days_absent_x100": 23_00}


def told(slip):
    workings = replay(slip).workings
    assert replay(slip).differences(slip) == {}
    return {entry.label: entry.amount for entry in written((*workings.earned, *workings.taken), whole(slip.inputs))}


def with_bearer(ours, bearer, **values):
    scheme(ours, unpaid_bearer=bearer, **values)


def test_the_agency_advances_it_and_the_run_goes_on(ours):
    slip = slip_of(submitted(ours, AUGUST, **ABSENT), ours.worker)
    # 苏州 on 5,000: 530 insurance, 250 fund
    assert (slip.gross_fen, slip.net_fen, slip.deducted_fen) == (0, 0, -780_00)
    assert slip.checks & Check.UNPAID_MONTH
    assert not slip.checks & Check.NET_BELOW_ZERO
    assert "780.00" in told(slip)["本月没工资，个人社保由公司先垫"]


def test_it_is_held_back_next_month_within_a_fifth_and_above_the_minimum_wage(ours):
    approved(ours, AUGUST, **ABSENT)
    slip = slip_of(computed(ours, SEPTEMBER), ours.worker)
    # 3,600 − 780 = 2,820 stands 330 above the minimum wage of 2,490; a fifth would be 720
    assert (slip.deducted_fen, slip.net_fen) == (330_00, 2490_00)
    assert told(slip)["扣回以前垫付的款，扣前还欠 780"] == "−330.00"
    approved(ours, SEPTEMBER)
    rich = slip_of(computed(ours, OCTOBER, allowances_fen=2000_00), ours.worker)
    assert rich.deducted_fen == 450_00


def test_a_draft_owes_nothing_and_computing_again_writes_it_once(ours):
    run = computed(ours, AUGUST, **ABSENT)
    run = compute(run, ours.specialist)
    assert list(WorkerDebt.objects.values_list("amount_fen", flat=True)) == [780_00]
    assert slip_of(computed(ours, SEPTEMBER), ours.worker).deducted_fen == 0
    assert list(still_owed(ours.client)) == []


def test_what_is_owed_is_shown_until_it_is_paid_back(ours):
    approved(ours, AUGUST, **ABSENT)
    approved(ours, SEPTEMBER)
    (row,) = still_owed(ours.client)
    assert (row["name"], row["owed_fen"]) == ("王海波", 450_00)


def test_the_client_bears_it_as_pay_that_is_billed(ours):
    with_bearer(ours, Bearer.CLIENT)
    slip = slip_of(computed(ours, AUGUST, **ABSENT), ours.worker)
    assert (slip.gross_fen, slip.allowances_fen, slip.net_fen, slip.tax_fen) == (780_00, 780_00, 0, 0)
    assert slip.employer_cost_fen == 780_00 + slip.employer_social_fen + slip.employer_fund_fen
    assert slip.income_to_date_fen == 780_00
    assert "本月没工资，个人社保由客户承担" in told(slip)
    assert not WorkerDebt.objects.exists()


def test_settled_by_hand_it_is_not_held_back(ours):
    with_bearer(ours, Bearer.AGENCY)
    approved(ours, AUGUST, **ABSENT)
    assert slip_of(computed(ours, SEPTEMBER), ours.worker).deducted_fen == 0
    assert [row["owed_fen"] for row in still_owed(ours.client)] == [780_00]


def test_nobody_bears_it_then_the_run_waits(ours):
    with_bearer(ours, Bearer.NOBODY)
    slip = slip_of(computed(ours, AUGUST, **ABSENT), ours.worker)
    assert (slip.net_fen, bool(slip.checks & Check.NET_BELOW_ZERO)) == (-780_00, True)


def test_deductions_beyond_the_pay_still_stop_the_run(ours):
    slip = slip_of(computed(ours, AUGUST, deductions_fen=5000_00, **ABSENT), ours.worker)
    assert (slip.net_fen, bool(slip.checks & Check.NET_BELOW_ZERO)) == (-5000_00, True)


def test_a_scheme_has_its_own_divisor_and_percentages(ours):
    scheme(ours, paid_days_x100=26_00, overtime_weekday_percent=200)
    slip = slip_of(computed(ours, days_absent_x100=1_00, overtime_weekday_x100=8_00, sick_days_x100=0), ours.worker)
    # 3,600 ÷ 26 a day off; an hour of overtime is always 3,600 ÷ 21.75 ÷ 8, here twice
    assert (slip.absence_fen, slip.overtime_weekday_fen) == (138_46, 331_03)
    PayScheme.objects.update(paid_days_x100=21_75)
    told(slip)
    formulas = {line.key: line.formula for line in replay(slip).workings.earned}
    assert formulas["absence"] == "3,600 ÷ 26 × 1"
    assert formulas["overtime_weekday"] == "3,600 ÷ 21.75 ÷ 8 × 2 × 8"
