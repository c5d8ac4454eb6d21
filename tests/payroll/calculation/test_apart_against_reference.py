"""Ten thousands of random amounts, many at the bounds, taxed apart like the slow reference in every fen."""

from decimal import Decimal

import numpy as np
import pytest

from payroll.calculation.bonus import bonus_choice, bonus_tax, bonus_traps, trap_of
from payroll.calculation.remuneration import StudentInputs, single_tax, withhold_from_students
from payroll.calculation.severance import severance_tax
from tests.payroll.reference import (
    BONUS_TABLE,
    YEARLY_TABLE,
    bonus_apart,
    fen,
    severance,
    single_payment,
    student_year,
    yearly_tax,
)
from tests.payroll.rules import BASIC, COSTS, MONTHLY, REMUNERATION, YEARLY

N = 10_000
DRAW = np.random.default_rng(20261123)


def amounts(bounds, highest=2 * 10**8):
    """Random fen, and every fen around the bounds."""
    edges = [int(bound) * 100 + step for bound in bounds if bound != "Infinity" for step in range(-60, 61)]
    spread = (10 ** DRAW.uniform(0, np.log10(highest), N - len(edges))).astype(np.int64)
    return np.concatenate([spread, np.array(edges, dtype=np.int64)])


def yuan(column):
    return [Decimal(value) / 100 for value in column.tolist()]


def test_the_yearly_table():
    taxable = amounts(bound for bound, _rate, _quick in YEARLY_TABLE)
    assert YEARLY.tax(taxable).tolist() == [fen(yearly_tax(amount)) for amount in yuan(taxable)]


def test_a_bonus_apart():
    bonus = amounts(bound if bound == "Infinity" else bound * 12 for bound, _rate, _quick in BONUS_TABLE)
    assert bonus_tax(bonus, MONTHLY).tolist() == [fen(bonus_apart(amount)) for amount in yuan(bonus)]


def test_severance():
    average = DRAW.integers(6 * 10**6, 2 * 10**7, N)
    payment = np.where(DRAW.random(N) < 0.2, 3 * average + DRAW.integers(-50, 51, N), DRAW.integers(0, 3 * 10**8, N))
    expected = [fen(severance(*pair)) for pair in zip(yuan(payment), yuan(average), strict=True)]
    assert severance_tax(payment, average, YEARLY).tax_fen.tolist() == expected


def test_single_payments():
    payment = amounts([800, 4000, 25000, 62500], 10**8)
    assert single_tax(payment, REMUNERATION, COSTS).tolist() == [fen(single_payment(each)) for each in yuan(payment)]


def test_students():
    n, income, withheld, got = 500, np.zeros(500, dtype=np.int64), np.zeros(500, dtype=np.int64), []
    paid = DRAW.integers(0, [[10**6], [5 * 10**6]] * 6, (12, n))
    for month, payments in enumerate(paid, start=1):
        inputs = StudentInputs(np.full(n, month), income, withheld, payments)
        tax = withhold_from_students(inputs, YEARLY, COSTS, BASIC)
        income, withheld = tax.income_to_date_fen, withheld + tax.withheld_fen
        got.append(tax.withheld_fen.tolist())
    for row in range(n):
        assert [month[row] for month in got] == [fen(tax) for tax in student_year(yuan(paid[:, row]))]


def test_the_better_way_of_a_bonus():
    bonus, balance = DRAW.integers(0, 2 * 10**7, N), DRAW.integers(-8 * 10**6, 6 * 10**7, N)
    choice = bonus_choice(bonus, balance, YEARLY, MONTHLY)
    for row, (given, left) in enumerate(zip(yuan(bonus), yuan(balance), strict=True)):
        wages = yearly_tax(max(left, Decimal(0)))
        apart, merged = wages + bonus_apart(given), yearly_tax(max(left + given, Decimal(0)))
        assert (int(choice.apart_fen[row]), int(choice.merged_fen[row])) == (fen(apart), fen(merged))
        assert bool(choice.merging_is_better[row]) == (merged < apart)


@pytest.mark.parametrize("trap", bonus_traps(MONTHLY), ids=lambda trap: str(trap.best_fen))
def test_inside_a_trap_more_bonus_leaves_less(trap):
    kept_at_best = trap.best_fen - fen(bonus_apart(Decimal(trap.best_fen) / 100))
    inside = np.linspace(trap.best_fen + 1, trap.until_fen - 1, 500).astype(np.int64)
    assert (trap_of(inside, MONTHLY) >= 0).all()
    assert all(amount - fen(bonus_apart(Decimal(amount) / 100)) < kept_at_best + 1 for amount in inside.tolist())
    until = trap.until_fen - fen(bonus_apart(Decimal(trap.until_fen) / 100))
    assert until >= kept_at_best and trap_of(np.array([trap.until_fen, trap.best_fen]), MONTHLY).tolist() == [-1, -1]
