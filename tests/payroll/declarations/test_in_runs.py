"""Declarations in a run: to date, from the months here, in place of the sheet's column, and told on the payslip."""

import pytest

from agency.periods import Period
from payroll.declarations.declaring import Declared, declare, end, withdraw
from payroll.models import TaxDeclaration, TaxOpeningBalance, TaxYearChoice
from payroll.payslips.checks import Check
from payroll.payslips.figures import whole
from payroll.payslips.ledger import written
from payroll.payslips.replaying import replay
from payroll.runs.computing import compute
from tests.payroll.runs.stage import approved, attend, computed, employ, opened, slip_of

pytestmark = pytest.mark.django_db
# Wages of a month are paid on the 15th of the next: September is taxed in October.
AUGUST, SEPTEMBER, OCTOBER = Period(2026, 8), Period(2026, 9), Period(2026, 10)
JANUARY, DECEMBER = Period(2026, 1), Period(2026, 12)


def declared(ours, kind, since=JANUARY, **given):
    return declare(ours.worker, Declared(kind, since, **given), ours.specialist)


def slip(ours, period=SEPTEMBER, **values):
    found = slip_of(computed(ours, period, **values), ours.worker)
    assert replay(found).differences(found) == {}
    return found


def paid(ours, period, **values):
    return slip_of(approved(ours, period, **values), ours.worker)


def test_declarations_count_for_the_months_here_only(ours):
    declared(ours, "children_education")
    first = paid(ours, AUGUST)
    assert (first.months_here, first.additional_to_date_fen) == (1, 2000_00)
    assert slip(ours, SEPTEMBER).additional_to_date_fen == 4000_00


def test_a_late_declaration_makes_up_for_the_months_before(ours):
    paid(ours, AUGUST, allowances_fen=10_000_00)
    declared(ours, "elderly", amount_fen=3000_00)
    declared(ours, "rent", OCTOBER, amount_fen=1100_00)
    found = slip(ours, SEPTEMBER)
    assert found.additional_to_date_fen == 2 * 3000_00 + 1100_00


def test_a_declaration_that_begins_next_month_waits(ours):
    declared(ours, "elderly", Period(2026, 11), amount_fen=3000_00)
    assert slip(ours, SEPTEMBER).additional_to_date_fen == 0
    assert slip(ours, OCTOBER).additional_to_date_fen == 3000_00


def test_the_payslip_tells_each_declaration_by_its_name(ours):
    declared(ours, "children_education", count=2)
    declared(ours, "housing_loan", share=50)
    found = slip(ours)
    told = {entry.label: entry.amount for entry in written(replay(found).workings.tax, whole(found.inputs))}
    assert told["减 子女教育（本人申报）"] == "−4,000.00"
    assert told["减 住房贷款利息（本人申报）"] == "−500.00"


def test_it_stands_in_place_of_the_sheets_column_and_says_so(ours):
    declared(ours, "children_education")
    found = slip(ours, additional_fen=1000_00)
    assert found.additional_to_date_fen == 2000_00
    assert found.checks & Check.DECLARED


def test_what_sheets_brought_before_the_declaration_begins_stays(ours):
    paid(ours, AUGUST, additional_fen=1000_00)
    declared(ours, "children_education", OCTOBER)
    assert slip(ours, SEPTEMBER).additional_to_date_fen == 3000_00
    paid(ours, SEPTEMBER)
    assert slip(ours, OCTOBER).additional_to_date_fen == 5000_00


def test_a_declaration_for_those_months_replaces_what_sheets_brought(ours):
    paid(ours, AUGUST, additional_fen=1000_00)
    declared(ours, "children_education")
    assert slip(ours, SEPTEMBER).additional_to_date_fen == 4000_00


def test_after_an_opening_balance_only_later_months_are_counted(ours):
    TaxOpeningBalance.objects.create(
        worker=ours.worker, tax_year=2026, through_month=9, months=9, income_fen=30_000_00, additional_fen=18_000_00
    )
    declared(ours, "children_education")
    assert slip(ours, SEPTEMBER).additional_to_date_fen == 20_000_00


def test_ended_it_stays_and_withdrawn_it_comes_back(ours):
    row = declared(ours, "children_education")
    paid(ours, AUGUST, allowances_fen=10_000_00)
    end(row, SEPTEMBER, ours.specialist)
    run = computed(ours, SEPTEMBER, allowances_fen=10_000_00)
    kept = slip_of(run, ours.worker)
    assert kept.additional_to_date_fen == 2000_00
    withdraw(row, ours.specialist)
    back = slip_of(compute(run, ours.specialist), ours.worker)
    assert (back.additional_to_date_fen, back.tax_fen) == (0, kept.tax_fen + 2000_00 * 3 // 100)


def test_a_certificate_counts_once_from_its_month_on(ours):
    declared(ours, "certificate", SEPTEMBER)
    paid(ours, AUGUST)
    assert slip(ours, SEPTEMBER).additional_to_date_fen == 3600_00


def test_other_deductions_within_their_limits(ours):
    declared(ours, "health_insurance", amount_fen=300_00)
    declared(ours, "annuity", amount_fen=500_00, base_fen=10_000_00)
    declared(ours, "private_pension", amount_fen=7000_00)
    first = paid(ours, AUGUST)
    # 200 a month, 4 % of the base, 12,000 a year
    assert (first.other_to_date_fen, first.pension_to_date_fen) == (200_00 + 400_00, 7000_00)
    second = slip(ours, SEPTEMBER)
    assert (second.other_to_date_fen, second.pension_to_date_fen) == (2 * 600_00, 12_000_00)


def test_a_relief_takes_its_part_of_the_tax_up_to_the_year_limit(ours):
    declared(ours, "relief", share=50, amount_fen=100_00)
    first = paid(ours, AUGUST, allowances_fen=7_180_00)
    # (3,600 + 7,180 − 5,000 − 780) × 3 % = 150, half of it falls away
    assert (first.tax_to_date_fen, first.relief_to_date_fen, first.tax_fen) == (150_00, 75_00, 75_00)
    second = slip(ours, SEPTEMBER, allowances_fen=7_180_00)
    assert (second.relief_to_date_fen, second.tax_fen) == (100_00, 125_00)


def test_the_first_job_of_the_year_is_the_workers_choice(ours):
    TaxYearChoice.objects.create(worker=ours.worker, tax_year=2026, basic_method=1)
    found = slip(ours, SEPTEMBER)
    assert (found.months_here, found.basic_to_date_fen) == (1, 50_000_00)


def test_who_agreed_otherwise_gets_no_60_000_at_once(ours):
    TaxYearChoice.objects.create(worker=ours.worker, tax_year=2026, basic_method=2)
    assert slip(ours, SEPTEMBER).basic_to_date_fen == 60_000_00
    TaxYearChoice.objects.update(basic_method=0)
    assert slip(ours, SEPTEMBER).basic_to_date_fen == 5000_00


def test_nobody_else_is_touched(ours):
    declared(ours, "children_education")
    run = opened(ours, SEPTEMBER)
    attend(run, ours.worker)
    other = employ(ours, "孙玉梅", 176)
    attend(run, other, additional_fen=500_00)
    assert slip_of(compute(run, ours.specialist), other).additional_to_date_fen == 500_00
    assert TaxDeclaration.objects.get().worker == ours.worker
