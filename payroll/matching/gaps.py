"""The four-way match: should be insured, is declared, is billed, is paid; and what a gap puts at risk, in fen.

Pure: the workers' facts in as columns, gaps and money out. The late fee of Social Insurance Law 86 is 0.05 % a day.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

import numpy as np

from agency.money import Column

LATE_FEE_A_DAY = 5
PER = 10_000
# Where nobody can know yet, such as before the bureau's list is in; and the risk of a gap that is none.
UNKNOWN = NO_GAP = -1


class Gap(StrEnum):
    """What is wrong between two of the four."""

    NOT_DECLARED = "not_declared"
    NOT_BILLED = "not_billed"
    NOT_PAID = "not_paid"
    NOT_PLACED = "not_placed"
    BILLED_NOT_DECLARED = "billed_not_declared"


@dataclass(frozen=True, slots=True)
class Facts:
    """One worker's month: None where nobody can know yet, such as before the bureau's list is in.

    `days` placed in the month up to today, `days_after` declared without a placement, `days_late` since the month's
    end, of `days_in_month`; `due_fen` both parts of the month, `employer_fen` ours.
    """

    should: bool
    declared: bool | None
    billed: bool | None
    paid: bool | None
    days: int
    days_after: int
    days_late: int
    days_in_month: int
    due_fen: int
    employer_fen: int


KNOWN_OR_NOT = ("declared", "billed", "paid")
FACTS = tuple(field.name for field in fields(Facts))


def risks(facts: dict[str, Column]) -> dict[Gap, Column]:
    """Return for each gap the money at risk of each worker, `NO_GAP` for who has none.

    `facts` are those of `Facts` as columns: flags as 1, 0 and `UNKNOWN`. At risk are days without insurance, premiums
    nobody pays us, and late fees.
    """
    should, declared = facts["should"] == 1, facts["declared"] == 1
    not_declared, both = facts["declared"] == 0, declared & should
    due, ours, of = facts["due_fen"], facts["employer_fen"], facts["days_in_month"]
    late = (2 * due * LATE_FEE_A_DAY * facts["days_late"] + PER) // (2 * PER)
    found = {
        Gap.NOT_DECLARED: (not_declared & should, _share(due, facts["days"], of) + late),
        Gap.NOT_PLACED: (declared & ~should, _share(due, facts["days_after"], of)),
        Gap.NOT_BILLED: (both & (facts["billed"] == 0), ours),
        Gap.NOT_PAID: (both & (facts["paid"] == 0), late),
        Gap.BILLED_NOT_DECLARED: (not_declared & (facts["billed"] == 1), ours),
    }
    return {gap: np.where(is_one, money, NO_GAP) for gap, (is_one, money) in found.items()}


def gaps_of(facts: Facts) -> dict[Gap, int]:
    """Return one worker's gaps with the money at risk in fen."""
    told = {name: getattr(facts, name) for name in FACTS}
    columns = {name: np.array([UNKNOWN if told[name] is None else int(told[name])], dtype=np.int64) for name in FACTS}
    return {gap: int(money[0]) for gap, money in risks(columns).items() if money[0] != NO_GAP}


def facts_at(columns: dict[str, Column], row: int) -> Facts:
    """Return one worker's facts out of the columns."""
    told: dict[str, int | bool | None] = {name: int(columns[name][row]) for name in FACTS}
    told |= {name: None if told[name] == UNKNOWN else bool(told[name]) for name in (*KNOWN_OR_NOT, "should")}
    return Facts(**told)  # type: ignore[arg-type]


def _share(fen: Column, days: Column, of: Column) -> Column:
    return (2 * fen * days + of) // (2 * of)
