"""The four-way match of a run that is being computed: what its checks find, and what is at risk.

*Billed* is what this run is going to bill: the bill is made from it. Nothing is known before a bureau's list is in.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from agency.columnar import Columns, matched
from agency.money import Column
from payroll.calculation.payslips import Payslips
from payroll.models import BureauRecord, PayrollRun, Payslip
from payroll.payslips.situation import Check, Mask

from .gaps import NO_GAP, Gap
from .matching import Match, match

CHECKS = {
    Gap.NOT_DECLARED: Check.NOT_DECLARED,
    Gap.NOT_BILLED: Check.NOT_BILLED,
    Gap.NOT_PAID: Check.NOT_PAID,
    Gap.BILLED_NOT_DECLARED: Check.BILLED_NOT_DECLARED,
}
GAPS = {check: gap for gap, check in CHECKS.items()} | {Check.BUREAU_STOPPED: Gap.NOT_DECLARED}


@dataclass(frozen=True)
class RunGaps:
    """Who has which gap, in the order of the run; and by gap the workers and the fen at risk, to be kept with it."""

    found: dict[Check, Mask] = field(default_factory=dict)
    totals: dict[str, dict[str, int]] = field(default_factory=dict)


def gaps_in(run: PayrollRun, workers: Column, slips: Payslips) -> RunGaps:
    """Match a regular run as computed; who is insured without a placement is in the totals, for it is in no run."""
    if run.kind != PayrollRun.Kind.REGULAR or not BureauRecord.objects.filter(period=run.period).exists():
        return RunGaps()
    seen = match(run.client_id, run.month, slips=_as_billed(workers, slips))
    rows, here = matched(workers, seen.keys)
    if not len(seen.keys):
        return RunGaps()
    found = {check: here & (seen.risk[gap][rows] != NO_GAP) for gap, check in CHECKS.items()}
    found[Check.BUREAU_STOPPED] = found[Check.NOT_DECLARED] & seen.listed[rows]
    return RunGaps(found, _totals(seen))


def has_newer_list(run: PayrollRun) -> bool:
    """Return whether a list naming workers of a regular run came in after it was computed."""
    if run.kind != PayrollRun.Kind.REGULAR:
        return False
    newer = BureauRecord.objects.filter(period=run.period, imported_at__gt=run.computed_at)
    return newer.filter(worker__in=Payslip.objects.filter(run=run).values("worker")).exists()


def at_risk(run: PayrollRun, worker: int, checks: int) -> dict[Check, int]:
    """Return the fen at risk today behind a worker's checks of the match."""
    asked = [check for check in GAPS if checks & check]
    if not asked:
        return {}
    rows = match(run.client_id, run.month, worker=worker).rows
    gaps = rows[0].gaps if rows else {}
    return {check: gaps[GAPS[check]] for check in asked if GAPS[check] in gaps}


def _as_billed(workers: Column, slips: Payslips) -> Columns:
    fine = slips.errors == 0
    return {
        "worker_id": workers[fine],
        "billed": np.ones(int(fine.sum()), dtype=np.int64),
        "employee_fen": slips.employee_social_fen[fine],
        "employer_fen": slips.contributions.employer.social_fen[fine],
    }


def _totals(seen: Match) -> dict[str, Any]:
    counts, money = seen.counts, seen.money
    return {gap.value: {"workers": counts[gap], "fen": money[gap]} for gap in Gap if counts[gap]}
