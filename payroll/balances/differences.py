"""What earlier months' insurance still owes when a run is computed: late notices (补差) and late enrolment (补缴).

Each regular run brings a worker's earlier months up to the city's edition of that run. So only those whose last
payslip was computed by an older edition, or without insurance, owe anything, and what they owe is: the months before
by the present edition, less the same months by the edition (or the nothing) they were last charged by. It may be
negative. docs/payroll/contributions.md has worked examples.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import F

from agency.columnar import NULL, Columns, KeySet, read_columns, spread
from agency.money import Column
from agency.periods import Period
from payroll.calculation.contributions import Contributions, contribute
from payroll.models import ContributionPolicy, PayrollRun, Payslip
from payroll.payslips.figures import blank_figures, contribution_inputs
from payroll.policies.choosing import Key, book_of_city
from payroll.policies.validity import PolicyError
from workers.models import InsuranceEnrolment

# 社会保险法 63 and the bureaus' practice: a year and its neighbours; what is older is settled at the bureau.
MONTHS_BACK = 24
ENROLLED = {
    "social_base_fen": "base_fen",
    "fund_base_fen": "housing_fund_base_fen",
    "fund_rate": "housing_fund_rate",
    "supplementary_rate": "supplementary_fund_rate",
}
Figures = dict[str, int]
INSURED_FIRST = F("policy_id").desc(nulls_last=True)


@dataclass
class Owed:
    """What both sides still owe for earlier months, in fen; below zero when too much was taken."""

    employee_fen: int = 0
    employer_fen: int = 0


@dataclass(frozen=True)
class Slip:
    """An earlier approved payslip: its month, the edition it was computed by, and the figures it was computed from."""

    period: Period
    policy_id: int | None
    figures: Figures


def place_of(row: InsuranceEnrolment) -> Key:
    """Return the city and the variants of an enrolment."""
    return row.city, tuple(sorted(row.variants.items()))


def differences(
    run: PayrollRun, workers: KeySet, keys: Column, now: Column, editions: Mapping[int, ContributionPolicy]
) -> dict[int, Owed]:
    """Return what the workers of a regular run owe for earlier months, by their rows in `keys`.

    `workers` are the same people; `now` is the key of each one's edition in this run, NULL for who is not
    insured, `editions` are those by key. One query when nobody owes anything.
    """
    last = _last_policies(run, workers)
    before = spread(keys, last, "worker_id", "policy_id", default=0)
    late = np.flatnonzero((now != NULL) & (before != 0) & (before != now)).tolist()
    if not late:
        return {}
    row_of = {int(keys[row]): row for row in late}
    slips = _earlier(run, set(row_of))
    used = {slip.policy_id for rows in slips.values() for slip in rows if slip.policy_id}
    known = {**editions, **ContributionPolicy.objects.in_bulk(used - editions.keys())}
    enrolments = _enrolments(row_of)
    owed: dict[int, Owed] = defaultdict(Owed)
    for worker, rows in slips.items():
        row = row_of[worker]
        for slip in rows:
            _add(owed[row], slip, known, known[int(now[row])], enrolments.get(worker, ()), rows)
    return {row: sums for row, sums in owed.items() if sums != Owed()}


def _last_policies(run: PayrollRun, workers: KeySet) -> Columns:
    rows = _regular(run, workers).order_by("worker_id", "-run__period", INSURED_FIRST).distinct("worker_id")
    return read_columns(rows, worker_id="worker_id", policy_id="policy_id")


def _earlier(run: PayrollRun, workers: set[int]) -> dict[int, list[Slip]]:
    found: dict[int, list[Slip]] = defaultdict(list)
    rows = _regular(run, KeySet(workers)).order_by("worker_id", "run__period")
    for worker, period, policy, figures in rows.values_list("worker_id", "run__period", "policy_id", "inputs"):
        found[worker].append(Slip(Period.parse(period), policy, figures))
    return found


def _regular(run: PayrollRun, workers: KeySet) -> Any:
    first = run.month - MONTHS_BACK
    return Payslip.objects.final().filter(
        workers.names("worker"),
        run__kind=PayrollRun.Kind.REGULAR, run__period__gte=str(first), run__period__lt=run.period, errors=0,
    )  # fmt: skip


def _enrolments(workers: Iterable[int]) -> dict[int, list[InsuranceEnrolment]]:
    found: dict[int, list[InsuranceEnrolment]] = defaultdict(list)
    for row in InsuranceEnrolment.objects.filter(worker__in=list(workers)).order_by("valid_from"):
        found[row.worker_id].append(row)
    return found


def _add(
    owed: Owed,
    slip: Slip,
    editions: Mapping[int, ContributionPolicy],
    now: ContributionPolicy,
    enrolments: Iterable[InsuranceEnrolment],
    rows: list[Slip],
) -> None:
    if slip.policy_id is not None:
        city = editions[slip.policy_id].city
        charged_by = _last_edition(rows, editions, city)
        if city == now.city and charged_by.pk != now.pk:
            variants = book_of_city(editions[slip.policy_id]).named(slip.figures.get("variants", 0))
            if before := _due(slip.figures, slip.period, charged_by, variants):
                _count(owed, before, _due(slip.figures, slip.period, now, variants))
        return
    if slip.figures.get("student"):
        return
    # Insured with another client that month, or brought up since: nothing is owed twice.
    insured = [other.period for other in rows if other.policy_id is not None]
    if insured and max(insured) >= slip.period:
        return
    enrolment = next((row for row in enrolments if row.is_valid_on(slip.period.last_day)), None)
    if enrolment is not None and enrolment.city == now.city:
        figures = slip.figures | {name: getattr(enrolment, field) for name, field in ENROLLED.items()}
        _count(owed, None, _due(figures, slip.period, now, enrolment.variants))


def _last_edition(rows: list[Slip], editions: Mapping[int, ContributionPolicy], city: str) -> ContributionPolicy:
    used = [editions[row.policy_id] for row in rows if row.policy_id]
    return max((row for row in used if row.city == city), key=lambda row: row.edition)


def _due(
    given: Figures, period: Period, policy: ContributionPolicy, variants: Mapping[str, str]
) -> Contributions | None:
    figures = blank_figures(1)
    for name in (*ENROLLED, "injury_rate", "student"):
        figures[name][:] = given.get(name, 0)
    figures["policy"][:] = 0
    try:
        terms = book_of_city(policy).on(period.first_day, variants).policy
    except PolicyError:
        return None
    due = contribute(contribution_inputs(figures), [terms], period.month)
    return None if np.any(due.errors) else due


def _count(owed: Owed, before: Contributions | None, after: Contributions | None) -> None:
    """Add one month; a month that cannot be computed by the present edition stays as it was charged."""
    if after is None:
        return
    for side in ("employee", "employer"):
        due = getattr(after, side)
        amount = int(due.social_fen[0] + due.fund_fen[0])
        if before is not None:
            charged = getattr(before, side)
            amount -= int(charged.social_fen[0] + charged.fund_fen[0])
        setattr(owed, f"{side}_fen", getattr(owed, f"{side}_fen") + amount)
