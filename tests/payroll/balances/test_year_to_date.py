"""The tax of a month stands on the year so far: earlier payslips, an opening balance, or a documented start."""

import pytest

from agency.periods import Period
from payroll.balances.standing import TaxStart
from payroll.models import TaxOpeningBalance
from payroll.payslips.figures import whole
from payroll.payslips.replaying import replay
from payroll.runs.computing import compute
from tests.cast import START
from tests.payroll.runs.stage import approved, attend, computed, employ, opened, slip_of
from workers.models import LabourContract, Placement

pytestmark = pytest.mark.django_db

# Wages of a month are paid on the 15th of the next: October is taxed in November.
SEPTEMBER, OCTOBER = Period(2026, 9), Period(2026, 10)


def test_the_first_month_on_the_system_starts_the_count(ours):
    slip = slip_of(computed(ours, OCTOBER), ours.worker)
    assert (slip.tax_year, slip.tax_month, slip.months_here) == (2026, 11, 1)
    assert whole(slip.inputs)["tax_start"] == TaxStart.FIRST_MONTH_HERE
    assert (slip.income_to_date_fen, slip.basic_to_date_fen) == (3600_00, 5000_00)


def test_the_next_month_goes_on_from_the_approved_payslip(ours):
    first = slip_of(approved(ours, SEPTEMBER, allowances_fen=20_000_00), ours.worker)
    slip = slip_of(computed(ours, OCTOBER), ours.worker)
    assert whole(slip.inputs)["tax_start"] == TaxStart.EARLIER_PAYSLIP
    assert slip.months_here == 2
    assert slip.income_to_date_fen == first.income_to_date_fen + slip.gross_fen
    assert slip.special_to_date_fen == first.special_to_date_fen + 780_00
    assert first.tax_fen > 0
    assert whole(slip.inputs)["before_withheld_fen"] == first.tax_fen
    assert (slip.tax_fen, slip.withheld_to_date_fen) == (0, first.tax_fen)


def test_a_draft_does_not_count(ours):
    computed(ours, SEPTEMBER, allowances_fen=20_000_00)
    assert slip_of(computed(ours, OCTOBER), ours.worker).income_to_date_fen == 3600_00


def test_an_opening_balance_is_the_year_before_the_system(ours):
    # docs/payroll/gross.md, a whole payslip: 45,886.20 income and 31.20 tax by August, first job since February
    TaxOpeningBalance.objects.create(
        worker=ours.worker, tax_year=2026, through_month=10, months=9,
        income_fen=45_886_20, special_fen=4_846_10, additional_fen=9000_00, withheld_fen=31_20,
    )  # fmt: skip
    slip = slip_of(computed(ours, OCTOBER, additional_fen=1000_00), ours.worker)
    assert whole(slip.inputs)["tax_start"] == TaxStart.OPENING_BALANCE
    assert (slip.months_here, slip.basic_to_date_fen) == (10, 50_000_00)
    assert slip.income_to_date_fen == 45_886_20 + 3600_00
    assert slip.additional_to_date_fen == 10_000_00
    assert replay(slip).differences(slip) == {}


def test_who_was_hired_later_in_the_year_counts_from_there(ours):
    opened(ours, Period(2026, 1))
    worker = employ(ours, "高翔", 412)
    LabourContract.objects.filter(worker=worker).update(valid_from=START.replace(month=9))
    run = opened(ours, OCTOBER)
    attend(run, worker)
    slip = slip_of(compute(run, ours.specialist), worker)
    assert (whole(slip.inputs)["tax_start"], slip.months_here) == (TaxStart.EMPLOYMENT, 3)


def test_december_wages_paid_in_january_begin_a_new_year(ours):
    approved(ours, Period(2026, 11))
    slip = slip_of(computed(ours, Period(2026, 12)), ours.worker)
    assert (slip.tax_year, slip.tax_month, slip.months_here) == (2027, 1, 1)
    assert slip.income_to_date_fen == 3600_00
    assert whole(slip.inputs)["tax_start"] == TaxStart.JANUARY


def whole_year(ours, wage_fen=4000_00):
    """A tax year here: wages of December 2026 to November 2027, paid from January to December 2027."""
    Placement.objects.filter(worker=ours.worker).update(base_wage_fen=wage_fen)
    for period in Period.span(Period(2026, 11), Period(2027, 11)):
        approved(ours, period)


@pytest.mark.parametrize(("wage_fen", "basic_fen"), [(5000_00, 60_000_00), (5000_01, 5000_00)])
def test_after_a_low_year_here_60_000_are_deducted_at_once(ours, wage_fen, basic_fen):
    whole_year(ours, wage_fen)
    january = slip_of(approved(ours, Period(2027, 12)), ours.worker)
    assert (january.tax_year, january.tax_month, january.basic_to_date_fen) == (2028, 1, basic_fen)
    february = slip_of(computed(ours, Period(2028, 1), allowances_fen=30_000_00), ours.worker)
    assert february.basic_to_date_fen == (60_000_00 if basic_fen == 60_000_00 else 10_000_00)
    assert replay(february).differences(february) == {}


def test_the_months_away_do_not_count_for_who_came_back(ours):
    approved(ours, Period(2026, 8))  # paid in September: the first month on the system
    away = slip_of(computed(ours, Period(2026, 11)), ours.worker)
    assert (away.tax_month, away.months_here) == (12, 1 + 3)  # unpaid but employed in October and November
    contract = LabourContract.objects.get(worker=ours.worker)
    LabourContract.objects.filter(pk=contract.pk).update(valid_to=START.replace(month=10))
    LabourContract.objects.create(
        worker=ours.worker, valid_from=START.replace(month=11), valid_to=contract.valid_to, signed_on=START
    )
    back = slip_of(compute(away.run, ours.specialist), ours.worker)
    assert back.months_here == 1 + 2  # not here in October
