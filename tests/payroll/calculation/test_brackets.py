"""Tax tables refuse figures that cannot be right, and tax without jumps."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payroll.calculation.brackets import BracketTable
from tests.payroll.reference import yearly_tax
from tests.payroll.rules import MONTHLY, REMUNERATION, YEARLY


def changed(number, **values):
    lines = list(YEARLY.brackets)
    lines[number] = replace(lines[number], **values)
    return tuple(lines)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ((), "last bracket must be open"),
        (YEARLY.brackets[:3], "last bracket must be open"),
        (changed(1, quick_fen=252_100), "quick deduction does not fit"),
        (changed(1, up_to_fen=3_000_000), "up_to_fen must be above"),
        (changed(2, rate_millionths=100_000), "rate must be above"),
        (changed(0, quick_fen=1), "must be 0"),
        (changed(0, up_to_fen=None), "must be a positive amount"),
    ],
)
def test_a_mistyped_table_is_refused(lines, complaint):
    with pytest.raises(ValueError, match=complaint):
        BracketTable(lines)


@pytest.mark.parametrize("table", [YEARLY, MONTHLY, REMUNERATION])
@given(amount=st.integers(-(10**8), 10**10))
def test_more_income_never_means_less_tax_nor_less_money(table, amount):
    tax = table.tax(np.array([amount, amount + 1]))
    assert 0 <= tax[1] - tax[0] <= 1


@given(st.integers(0, 2 * 10**8))
def test_the_yearly_table_in_decimals(fen):
    assert YEARLY.tax(np.array([fen])).tolist() == [int(yearly_tax(Decimal(fen) / 100) * 100)]


def test_the_upper_bound_belongs_to_the_lower_bracket():
    shown = YEARLY.rates[YEARLY.find(np.array([0, 3_600_000, 3_600_001, 14_400_000, 96_000_000, 96_000_001]))]
    assert shown.tolist() == [30_000, 30_000, 100_000, 100_000, 350_000, 450_000]
