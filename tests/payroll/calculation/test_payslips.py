"""One call for a run: what is wrong with one worker stays with that worker."""

from dataclasses import replace

import numpy as np
import pytest

from agency.periods import Period
from payroll.calculation.columns import RowError, RowWarning
from payroll.calculation.contribution_terms import MEDICAL, ContributionPolicy, InsuranceTerms
from payroll.calculation.gross import HOLIDAY, REST_DAY, WEEKDAY, BaseMethod
from payroll.calculation.payslips import compute_payslips, total_fen
from payroll.calculation.withholding import BasicMethod, YearToDate
from tests.payroll.population import Population
from tests.payroll.workers import RULES, change, one_worker, side, whole, year_to_date, yuan_column

MONTH = Period(2026, 10)


def gross(**changes):
    inputs = one_worker(**{f"gross__{name}": value for name, value in changes.items()}, wage="3600")
    return compute_payslips(inputs, RULES).gross


def test_six_days_of_a_newcomer():
    pay = gross(method=whole(BaseMethod.PAID_DAYS), attended_days_x100=whole(600))
    assert pay.base_fen.tolist() == [99_310]


def test_attendance_against_a_schedule():
    pay = gross(method=whole(BaseMethod.SCHEDULE), attended_days_x100=whole(1650), scheduled_days_x100=whole(2200))
    assert pay.base_fen.tolist() == [270_000]


@pytest.mark.parametrize("method", [BaseMethod.PAID_DAYS, BaseMethod.SCHEDULE])
def test_more_days_than_planned_never_raise_the_base(method):
    pay = gross(method=whole(method), attended_days_x100=whole(2600), scheduled_days_x100=whole(2100))
    assert pay.base_fen.tolist() == [360_000]


def test_absence_takes_days_off_and_never_more_than_the_wage():
    assert gross(absent_days_x100=whole(150)).gross_fen.tolist() == [335_172]
    assert gross(absent_days_x100=whole(2300)).gross_fen.tolist() == [0]


def test_overtime_is_one_fraction_rounded_once():
    pay = gross(overtime_hours_x100={WEEKDAY: whole(2000), REST_DAY: whole(1600), HOLIDAY: whole(800)})
    assert [int(column[0]) for column in pay.overtime_fen.values()] == [62_069, 66_207, 49_655]


@pytest.mark.parametrize(
    ("path", "value", "error"),
    [
        ("gross__attended_days_x100", whole(-1), RowError.ATTENDANCE_OUT_OF_RANGE),
        ("gross__absent_days_x100", whole(3200), RowError.ATTENDANCE_OUT_OF_RANGE),
        ("gross__overtime_hours_x100", {WEEKDAY: whole(-1)}, RowError.HOURS_OUT_OF_RANGE),
        ("gross__method", whole(7), RowError.UNKNOWN_METHOD),
        ("gross__method", whole(BaseMethod.SCHEDULE), RowError.SCHEDULED_DAYS_MISSING),
        ("gross__wage_fen", whole(-1), RowError.NEGATIVE_AMOUNT),
        ("gross__allowances_fen", {"correction": yuan_column("-6000")}, RowError.NEGATIVE_GROSS),
        ("contributions__social_base_fen", whole(0), RowError.CONTRIBUTION_BASE_MISSING),
        ("contributions__employee_rates", {}, RowError.RATE_OUT_OF_RANGE),
        ("tax__months_here", whole(11), RowError.MONTHS_OUT_OF_RANGE),
        ("deductions_fen", {"advance": whole(-1)}, RowError.NEGATIVE_AMOUNT),
        ("employee_adjustment_fen", whole(10**11), RowError.AMOUNT_TOO_LARGE),
    ],
)
def test_an_impossible_worker_gets_reasons_and_no_money(path, value, error):
    slips = compute_payslips(one_worker(**{path: value}), RULES)
    assert slips.errors[0] & error
    assert slips.net_fen.tolist() == slips.tax_fen.tolist() == slips.employer_cost_fen.tolist() == [0]
    assert not any(column.any() for column in slips.contributions.employee.fen.values())
    assert not any(column.any() for column in slips.gross.overtime_fen.values())


def test_impossible_workers_block_nobody():
    n = 300
    draw = np.random.default_rng(3)
    population = Population(n, draw)
    inputs = population.month(MONTH, 2, YearToDate.start(n))
    rules = population.rules(MONTH)
    clean = compute_payslips(inputs, rules)
    bad = draw.random(n) < 0.2
    broken = change(
        inputs,
        gross__attended_days_x100=np.where(bad, -100, inputs.gross.attended_days_x100),
        gross__wage_fen=np.where(bad, 2**62, inputs.gross.wage_fen),
    )
    slips = compute_payslips(broken, rules)
    assert ((slips.errors != 0) == bad).all()
    for name in ("gross_fen", "employee_social_fen", "employee_fund_fen", "tax_fen", "net_fen"):
        assert (getattr(slips, name)[~bad] == getattr(clean, name)[~bad]).all()
        assert not getattr(slips, name)[bad].any()
    assert (slips.tax.to_date.income_fen[~bad] == clean.tax.to_date.income_fen[~bad]).all()


def test_a_net_below_zero_is_shown_not_hidden():
    slips = compute_payslips(one_worker(wage="1000", deductions_fen={"advance": yuan_column("900")}), RULES)
    assert slips.errors.tolist() == [0]
    assert slips.net_fen.tolist() == [-67_500]
    assert slips.warnings.tolist() == [RowWarning.NET_BELOW_ZERO]


def test_tax_withheld_too_much_is_a_warning():
    paid = year_to_date("30000", "0", "720")
    slips = compute_payslips(one_worker(tax__before=paid, tax__months_here=whole(6)), RULES)
    assert slips.tax_fen.tolist() == [0]
    assert slips.warnings.tolist() == [RowWarning.TAX_OVERPAID]


def test_an_insurance_difference_lowers_net_and_taxable_income():
    plain = compute_payslips(one_worker(wage="20000"), RULES)
    late = compute_payslips(one_worker(wage="20000", employee_adjustment_fen=yuan_column("100")), RULES)
    assert (plain.tax_fen - late.tax_fen).tolist() == [300]
    assert (plain.net_fen - late.net_fen).tolist() == [9_700]


def test_december_wages_paid_in_january_open_the_new_tax_year():
    inputs = one_worker(
        wage="40000",
        wage_period=Period(2026, 12),
        pay_period=Period(2027, 1),
        tax__basic_method=whole(BasicMethod.FIRST_JOB_OF_YEAR),
    )
    assert compute_payslips(inputs, RULES).tax.basic_to_date_fen.tolist() == [500_000]


def test_insurance_follows_the_month_worked():
    yearly = side(0, fixed_fen=13_000, fixed_months=frozenset({12}))
    rules = replace(RULES, policies=(ContributionPolicy("", (InsuranceTerms(MEDICAL, None, None, side(0), yearly),)),))
    for worked, due in ((Period(2026, 12), 13_000), (Period(2026, 11), 0)):
        slips = compute_payslips(
            one_worker(wage_period=worked, pay_period=worked.next(), tax__months_here=whole(1)), rules
        )
        assert slips.employee_social_fen.tolist() == [due]


def test_the_employers_cost_beside_the_gross():
    slips = compute_payslips(one_worker(employer_adjustment_fen=yuan_column("12.34")), RULES)
    # 16 % + 9 % + 0.5 % and 5 % fund on 5,000, and the difference of earlier months.
    assert slips.employer_cost_fen.tolist() == [500_000 + 127_500 + 25_000 + 1_234]


def test_a_run_without_workers():
    population = Population(0, np.random.default_rng(0))
    slips = compute_payslips(population.month(MONTH, 1, YearToDate.start(0)), population.rules(MONTH))
    assert len(slips) == 0


def test_the_inputs_are_left_as_they_were():
    population = Population(50, np.random.default_rng(5))
    inputs = population.month(MONTH, 1, YearToDate.start(50))
    for column in (inputs.gross.wage_fen, inputs.contributions.social_base_fen, inputs.tax.months_here):
        column.setflags(write=False)
    compute_payslips(inputs, population.rules(MONTH))


def test_totals_are_python_ints():
    assert total_fen([np.full(4, 2**62), np.full(1, -1)]) == 2**64 - 1
