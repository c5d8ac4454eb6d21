"""Rules of cumulative withholding beyond the published examples."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payroll.calculation.columns import RowError
from payroll.calculation.withholding import BasicMethod, WithholdingInputs, YearToDate, withhold
from tests.payroll.reference import yearly_tax
from tests.payroll.rules import BASIC, YEARLY
from tests.payroll.workers import whole, yuan_column


def month(number=1, before=None, income="10000", **columns):
    nothing = whole(0)
    inputs = WithholdingInputs(
        tax_month=number,
        before=before or YearToDate.start(1),
        months_here=whole(number),
        basic_method=whole(BasicMethod.MONTHS_HERE),
        income_fen=yuan_column(income),
        exempt_fen=nothing,
        special_fen=nothing,
        additional_to_date_fen=nothing,
        pension_to_date_fen=nothing,
        other_fen=nothing,
        relief_fen=nothing,
    )
    return replace(inputs, **columns)


def tax(inputs):
    return int(withhold(inputs, YEARLY, BASIC).withheld_fen[0])


def test_who_worked_elsewhere_starts_anew():
    assert tax(month(7, months_here=whole(1))) == 15_000


def test_the_first_job_of_the_year_counts_all_months():
    first = month(7, months_here=whole(1), basic_method=whole(BasicMethod.FIRST_JOB_OF_YEAR), income="40000")
    assert tax(first) == 15_000


def test_sixty_thousand_at_once():
    at_once = month(1, basic_method=whole(BasicMethod.AT_ONCE), income="60000.01")
    assert withhold(at_once, YEARLY, BASIC).taxable_to_date_fen.tolist() == [1]
    assert tax(at_once) == 0


def test_every_deduction_counts_once():
    deductions = {
        "exempt_fen": yuan_column("100"),
        "special_fen": yuan_column("200"),
        "additional_to_date_fen": yuan_column("400"),
        "pension_to_date_fen": yuan_column("800"),
        "other_fen": yuan_column("1600"),
    }
    assert tax(month(**deductions)) == 5_700  # (10,000 − 5,000 − 3,100) × 3 %
    assert tax(month(**deductions, relief_fen=yuan_column("17"))) == 4_000


def test_deductions_declared_late_lower_the_tax_of_later_months_only():
    january = withhold(month(1, income="20000"), YEARLY, BASIC)
    late = month(2, january.to_date, "20000", additional_to_date_fen=yuan_column("40000"))
    february = withhold(late, YEARLY, BASIC)
    assert (january.withheld_fen[0], february.withheld_fen[0], february.due_fen[0]) == (45_000, 0, -45_000)
    assert february.to_date.withheld_fen.tolist() == [45_000]


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=12))
def test_the_year_withholds_the_tax_of_its_highest_point(incomes):
    """What is withheld in all is the largest tax to date: never refunded, never taken twice."""
    before, to_date = YearToDate.start(1), []
    for number, income in enumerate(incomes, start=1):
        result = withhold(month(number, before, income_fen=whole(income)), YEARLY, BASIC)
        assert result.withheld_fen[0] >= 0
        taxable = max(sum(incomes[:number]) - number * 500_000, 0)
        to_date.append(int(yearly_tax(Decimal(taxable) / 100) * 100))
        before = result.to_date
        assert before.withheld_fen.tolist() == [max(to_date)]


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"income_fen": whole(-1)}, RowError.NEGATIVE_AMOUNT),
        ({"relief_fen": whole(-1)}, RowError.NEGATIVE_AMOUNT),
        ({"income_fen": whole(10**11)}, RowError.AMOUNT_TOO_LARGE),
        ({"special_fen": whole(-(10**11))}, RowError.AMOUNT_TOO_LARGE),
        ({"months_here": whole(0)}, RowError.MONTHS_OUT_OF_RANGE),
        ({"months_here": whole(4)}, RowError.MONTHS_OUT_OF_RANGE),
        ({"basic_method": whole(3)}, RowError.UNKNOWN_METHOD),
    ],
)
def test_what_cannot_be_is_named(columns, error):
    result = withhold(month(3, **columns), YEARLY, BASIC)
    assert result.errors.tolist() == [error]
    assert result.withheld_fen.tolist() == result.basic_to_date_fen.tolist() == [0]


def test_insurance_given_back_may_be_negative():
    assert tax(month(special_fen=yuan_column("-100"))) == 15_300


def test_a_month_beyond_the_year_is_the_callers_mistake():
    with pytest.raises(ValueError, match="1–12"):
        withhold(month(13), YEARLY, BASIC)


@pytest.mark.parametrize("column", [np.array([1.0]), np.array([1], dtype=np.int32), [1]])
def test_columns_are_int64(column):
    with pytest.raises(TypeError, match="income_fen must be an int64 column"):
        withhold(month(income_fen=column), YEARLY, BASIC)


def test_columns_have_one_length():
    with pytest.raises(ValueError, match="shape"):
        withhold(month(relief_fen=whole(0, 0)), YEARLY, BASIC)
