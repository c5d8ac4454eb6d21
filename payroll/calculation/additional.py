"""Special additional deductions (专项附加扣除): what a worker may claim in a month, item by item.

Sources: 国发〔2018〕41号, 国发〔2023〕13号, 公告2023年第14号; the amounts are data (`income_tax.json`). The agency
takes what the worker declares (61号 art. 13) and checks only what cannot be: more than an item's limit, a share that is
none, loan and rent at once, what belongs into the yearly settlement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from agency.money import round_fen

HUNDRED = 100


class Takes(StrEnum):
    """Name when an item is deducted."""

    MONTHLY = "monthly"
    ONCE = "once"  # in one month of the year: that of the certificate
    SETTLEMENT = "settlement"  # only at the yearly settlement, never withheld by


class Problem(StrEnum):
    """Name what is wrong with a claim; stable codes for a translated message."""

    UNKNOWN = "unknown"
    NONE = "none"
    AMOUNT = "amount"
    SHARE = "share"
    EXCLUDES = "excludes"
    TOO_LONG = "too_long"
    TWICE = "twice"
    SETTLEMENT = "settlement"


@dataclass(frozen=True, slots=True)
class AdditionalRule:
    """Hold one item: the amounts to choose from in fen, each for one child or person, and how they may be shared.

    `shares` are the parts (percent) one taxpayer may take; `shared_limit_fen` caps an amount agreed among siblings
    instead. `months_limit` ends an item after so many months (48 for a degree, 240 for a loan).
    """

    key: str
    takes: Takes
    amounts_fen: tuple[int, ...]
    shares: tuple[int, ...] = (HUNDRED,)
    shared_limit_fen: int = 0
    months_limit: int | None = None
    for_each: bool = False
    excludes: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold what a worker declares for a year: an item, its amount in fen, for how many, which share, which months.

    `first` and `last` are months of the year (1–12, both included); `months_before` were claimed in earlier years.
    `shared` marks an amount agreed among siblings.
    """

    key: str
    amount_fen: int
    count: int = 1
    share: int = HUNDRED
    shared: bool = False
    first: int = 1
    last: int = 12
    months_before: int = 0


def claims_to_date(claims: Sequence[Claim], rules: Mapping[str, AdditionalRule], month: int) -> int:
    """Add up what may be deducted from January to a month, in fen: the figure withholding takes.

    Raises `ValueError` naming the first problem when a claim cannot be (`problems` lists them all).
    """
    if found := problems(claims, rules):
        key, problem = found[0]
        raise ValueError(f"{key}: {problem}")
    return sum(to_date(claim, rules[claim.key], month) for claim in claims)


def to_date(claim: Claim, rule: AdditionalRule, month: int) -> int:
    """Give what one claim adds up to from January to a month, in fen."""
    if month < claim.first:
        return 0
    times = 1 if rule.takes == Takes.ONCE else min(month, claim.last) - claim.first + 1
    return round_fen(claim.amount_fen * claim.count * claim.share, HUNDRED) * times


def problems(claims: Sequence[Claim], rules: Mapping[str, AdditionalRule]) -> list[tuple[str, Problem]]:
    """List what is wrong with claims, as (item, problem), in their order; empty when all may be deducted."""
    found = [(claim.key, problem) for claim in claims for problem in _of_one(claim, rules.get(claim.key))]
    for place, claim in enumerate(claims):
        rule = rules.get(claim.key)
        for earlier in claims[:place]:
            together = claim.first <= earlier.last and earlier.first <= claim.last
            if together and rule is not None and _excludes(rule, rules, earlier.key):
                found.append((claim.key, Problem.EXCLUDES))
            elif together and earlier.key == claim.key and not (rule and rule.for_each):
                found.append((claim.key, Problem.TWICE))
    return found


def _of_one(claim: Claim, rule: AdditionalRule | None) -> Iterable[Problem]:
    if rule is None:
        yield Problem.UNKNOWN
        return
    if rule.takes == Takes.SETTLEMENT:
        yield Problem.SETTLEMENT
        return
    months = claim.last - claim.first + 1
    if claim.count < 1 or (claim.count > 1 and not rule.for_each) or not 1 <= claim.first <= claim.last <= 12:
        yield Problem.NONE
    if claim.shared and rule.shared_limit_fen:
        if not 0 < claim.amount_fen <= rule.shared_limit_fen:
            yield Problem.AMOUNT
    elif claim.shared or claim.amount_fen not in rule.amounts_fen:
        yield Problem.AMOUNT
    if claim.share not in rule.shares:
        yield Problem.SHARE
    if rule.months_limit is not None and claim.months_before + months > rule.months_limit:
        yield Problem.TOO_LONG


def _excludes(rule: AdditionalRule, rules: Mapping[str, AdditionalRule], other: str) -> bool:
    return rule.excludes == other or (other in rules and rules[other].excludes == rule.key)
