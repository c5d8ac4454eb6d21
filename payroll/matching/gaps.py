"""The four-way match: should be insured, is declared, is billed, is paid; and what a gap puts at risk, in fen.

Pure: one worker's facts in, gaps and money out. The late fee of Social Insurance Law 86 is 0.05 % a day.
"""

from dataclasses import dataclass
from enum import StrEnum

LATE_FEE_A_DAY = 5
PER = 10_000


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


def gaps_of(facts: Facts) -> dict[Gap, int]:
    """Return each gap with the money at risk in fen: days without insurance, premiums nobody pays us, late fees."""
    found: dict[Gap, int] = {}
    if facts.declared is False and facts.should:
        found[Gap.NOT_DECLARED] = _share(facts.due_fen, facts.days, facts.days_in_month) + _late(facts)
    if facts.declared and not facts.should:
        found[Gap.NOT_PLACED] = _share(facts.due_fen, facts.days_after, facts.days_in_month)
    if facts.declared and facts.should and facts.billed is False:
        found[Gap.NOT_BILLED] = facts.employer_fen
    if facts.declared and facts.should and facts.paid is False:
        found[Gap.NOT_PAID] = _late(facts)
    if facts.declared is False and facts.billed:
        found[Gap.BILLED_NOT_DECLARED] = facts.employer_fen
    return found


def _share(fen: int, days: int, of: int) -> int:
    return (2 * fen * days + of) // (2 * of)


def _late(facts: Facts) -> int:
    return (2 * facts.due_fen * LATE_FEE_A_DAY * facts.days_late + PER) // (2 * PER)
