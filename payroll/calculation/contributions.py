"""Social insurance and housing fund, per insurance and side, from a city's terms.

Each side of each insurance is computed from the clamped base and rounded alone (rules:
docs/payroll/contributions.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from agency.money import MILLION, Column, round_column

from .columns import RowError, RowWarning, blank, check_amounts, column, flags, mark, zeros
from .contribution_terms import FUNDS, INSURANCES, VOLUNTARY, ContributionPolicy, InsuranceTerms, SideTerms

NO_POLICY = -1


@dataclass(frozen=True, slots=True)
class ContributionInputs:
    """Hold what n workers contribute from; int64 columns of shape (n,), fen and millionths.

    `policy` indexes the run's policies, −1 for a worker who is not insured through the agency. `enrolled`
    maps an insurance to a bool column (default: all, voluntary ones none). `…_rates` map an insurance whose
    terms are a range (injury by industry class, housing fund by agreement) to the rate in force for each
    worker; a range without a rate chosen inside it is a row error, never a guess.
    """

    policy: Column
    social_base_fen: Column
    fund_base_fen: Column
    enrolled: Mapping[str, np.ndarray] = field(default_factory=dict)
    employer_rates: Mapping[str, Column] = field(default_factory=dict)
    employee_rates: Mapping[str, Column] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SideContributions:
    """Hold one side's results; maps with all `INSURANCES` to int64 columns (n,), 0 where nothing is due.

    `fen[i]` = base × `rate[i]` (millionths) + `fixed_fen[i]`, rounded as the terms say.
    """

    rate: dict[str, Column]
    fixed_fen: dict[str, Column]
    fen: dict[str, Column]

    @property
    def social_fen(self) -> Column:
        return _added(amount for name, amount in self.fen.items() if name not in FUNDS)

    @property
    def fund_fen(self) -> Column:
        return _added(self.fen[name] for name in FUNDS)


@dataclass(frozen=True, slots=True)
class Contributions:
    """Hold the clamped bases and both sides; `errors` and `warnings` are `RowError` and `RowWarning` bits."""

    base_fen: dict[str, Column]
    employer: SideContributions
    employee: SideContributions
    errors: Column
    warnings: Column


def contribute(inputs: ContributionInputs, policies: Sequence[ContributionPolicy], month: int) -> Contributions:
    """Compute both sides of every insurance for one month (1–12); workers of several cities in one call."""
    n = len(inputs.policy)
    errors = _check(inputs, len(policies), n)
    inputs = blank(inputs, errors != 0)
    policy = np.where(errors != 0, NO_POLICY, inputs.policy)
    result = Contributions(_nothing(n), _nothing_due(n), _nothing_due(n), errors, zeros(n))
    for number, terms_of_city in enumerate(policies):
        for terms in terms_of_city.terms:
            rows = np.flatnonzero((policy == number) & _enrolled(inputs, terms.insurance, n))
            if rows.size:
                _fill(result, rows, inputs, terms, month)
    return blank(result, errors != 0)


def difference(before: Contributions, after: Contributions) -> Contributions:
    """Give after − before per insurance and side: what a notice that applies back makes due (补差), in fen.

    Bases, rates and fixed amounts are those of `after`; errors and warnings of both are joined.
    """
    return Contributions(
        after.base_fen,
        _side_difference(before.employer, after.employer),
        _side_difference(before.employee, after.employee),
        before.errors | after.errors,
        before.warnings | after.warnings,
    )


def _side_difference(before: SideContributions, after: SideContributions) -> SideContributions:
    amounts = {name: after.fen[name] - before.fen[name] for name in INSURANCES}
    return SideContributions(after.rate, after.fixed_fen, amounts)


def _fill(result: Contributions, rows, inputs: ContributionInputs, terms: InsuranceTerms, month: int) -> None:
    declared = (inputs.fund_base_fen if terms.insurance in FUNDS else inputs.social_base_fen)[rows]
    base = declared
    if terms.floor_fen is not None:
        base = np.maximum(base, terms.floor_fen)
    if terms.ceiling_fen is not None:
        base = np.minimum(base, terms.ceiling_fen)
    result.errors[rows[declared == 0]] |= int(RowError.CONTRIBUTION_BASE_MISSING)
    result.warnings[rows[base > declared]] |= int(RowWarning.BASE_RAISED_TO_FLOOR)
    result.warnings[rows[base < declared]] |= int(RowWarning.BASE_CUT_TO_CEILING)
    name = terms.insurance
    result.base_fen[name][rows] = base
    for side, chosen, due in (
        (terms.employer, inputs.employer_rates, result.employer),
        (terms.employee, inputs.employee_rates, result.employee),
    ):
        rate, wrong = _rate(side, chosen.get(name), rows)
        result.errors[rows[wrong]] |= int(RowError.RATE_OUT_OF_RANGE)
        fixed = side.fixed_in(month)
        due.rate[name][rows] = rate
        due.fixed_fen[name][rows] = fixed
        due.fen[name][rows] = round_column(base * rate + fixed * MILLION, MILLION, side.rounding)


def _rate(side: SideTerms, chosen: Column | None, rows) -> tuple[Column, np.ndarray]:
    if not side.is_range:
        return np.full(rows.size, side.lowest_rate, dtype=np.int64), np.zeros(rows.size, dtype=bool)
    rate = zeros(rows.size) if chosen is None else chosen[rows]
    wrong = (rate < side.lowest_rate) | (rate > side.highest_rate)
    return np.where(wrong, 0, rate), wrong


def _added(amounts: Iterable[Column]) -> Column:
    return np.sum(list(amounts), axis=0, dtype=np.int64)


def _nothing(n: int) -> dict[str, Column]:
    return {name: zeros(n) for name in INSURANCES}


def _nothing_due(n: int) -> SideContributions:
    return SideContributions(_nothing(n), _nothing(n), _nothing(n))


def _enrolled(inputs: ContributionInputs, insurance: str, n: int) -> np.ndarray:
    given = inputs.enrolled.get(insurance)
    return np.full(n, insurance not in VOLUNTARY) if given is None else given


def _check(inputs: ContributionInputs, policies: int, n: int) -> Column:
    errors = zeros(n)
    check_amounts(
        errors,
        column(inputs.social_base_fen, n, "social_base_fen"),
        column(inputs.fund_base_fen, n, "fund_base_fen"),
    )
    policy = column(inputs.policy, n, "policy")
    mark(errors, (policy < NO_POLICY) | (policy >= policies), RowError.UNKNOWN_POLICY)
    for name, given in inputs.enrolled.items():
        flags(given, n, f"enrolled[{name}]")
    for rates in (inputs.employer_rates, inputs.employee_rates):
        for name, given in rates.items():
            column(given, n, f"rates[{name}]")
    return errors
