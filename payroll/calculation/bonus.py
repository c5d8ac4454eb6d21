"""Yearly bonus taxed apart from the wages (全年一次性奖金单独计税).

Source: 财政部 税务总局公告2023年第30号, valid to 2027-12-31; once per worker and year, the worker may
choose to merge it into the year's income instead. One twelfth of the bonus picks the rate of the monthly
table; its quick deduction is taken off once, so a bonus just above a bound loses more in tax than it gains.
"""

from dataclasses import dataclass

import numpy as np

from agency.money import MILLION, Column

from .brackets import BracketTable

MONTHS = 12


@dataclass(frozen=True, slots=True)
class BonusTrap:
    """Hold a range of bonuses that leave the worker less than `best_fen` does; all in fen.

    `best_fen` is the bound itself, `(best_fen, until_fen)` the range in which more bonus means less money,
    and `loss_fen` how much less a bonus of one yuan above the bound leaves.
    """

    best_fen: int
    until_fen: int
    loss_fen: int


@dataclass(frozen=True, slots=True)
class BonusChoice:
    """Hold the year's whole tax both ways, wages included; int64 columns of fen, shape (n,)."""

    apart_fen: Column
    merged_fen: Column

    @property
    def merging_is_better(self) -> np.ndarray:
        return self.merged_fen < self.apart_fen


def bonus_choice(bonus_fen: Column, balance_fen: Column, yearly: BracketTable, monthly: BracketTable) -> BonusChoice:
    """Compute the year's tax with the bonus taxed apart and with the bonus merged into the year's income.

    `balance_fen` is what the year's other income leaves taxable, signed: deductions that income did not use up are
    below zero and count for a merged bonus only. Only the yearly settlement knows income from other payers.
    """
    bonus = np.maximum(bonus_fen, 0)
    apart = yearly.tax(balance_fen) + bonus_tax(bonus, monthly)
    return BonusChoice(apart, yearly.tax(balance_fen + bonus))


def bonus_tax(bonus_fen: Column, monthly: BracketTable) -> Column:
    """Compute the tax on each bonus taxed apart; int64 columns of fen, shape (n,); 0 for amounts ≤ 0."""
    bonus = np.maximum(bonus_fen, 0)
    index = np.searchsorted(monthly.bounds * MONTHS, bonus, side="left")
    return monthly.tax(bonus, index)


def bonus_traps(monthly: BracketTable) -> tuple[BonusTrap, ...]:
    """List the traps of a monthly table, lowest first: 36,000 / 144,000 / 300,000 … yuan with today's
    table.
    """
    return tuple(_trap(monthly, int(bound) * MONTHS, number) for number, bound in enumerate(monthly.bounds))


def trap_of(bonus_fen: Column, monthly: BracketTable) -> Column:
    """Give for each bonus the index of the trap it lies in (see `bonus_traps`), −1 for none."""
    found = np.full(bonus_fen.shape, -1, dtype=np.int64)
    for number, trap in enumerate(bonus_traps(monthly)):
        found[(bonus_fen > trap.best_fen) & (bonus_fen < trap.until_fen)] = number
    return found


def _trap(monthly: BracketTable, best: int, number: int) -> BonusTrap:
    lower, upper = monthly.brackets[number], monthly.brackets[number + 1]
    kept_at_best = best * (MILLION - lower.rate_millionths) + lower.quick_fen * MILLION
    # Smallest bonus y with y × (1 − rate) + quick ≥ what the bound leaves.
    until = -(-(kept_at_best - upper.quick_fen * MILLION) // (MILLION - upper.rate_millionths))
    tax = bonus_tax(np.array([best, best + 100], dtype=np.int64), monthly)
    return BonusTrap(best_fen=best, until_fen=until, loss_fen=int(tax[1] - tax[0]) - 100)
