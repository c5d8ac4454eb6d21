"""What was declared, as figures of a run: to date, from the months here, beside what the sheets brought.

Rules (docs/payroll/income_tax.md): a declaration counts from its first month, though not for months before the worker
was here; one that comes late makes up for the months before at once. From its first month on it stands in place of the
sheet's column, whose earlier sums stay when the declaration begins after them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from agency.columnar import KeySet
from agency.money import Column
from agency.periods import Period
from payroll.balances.standing import Standings
from payroll.calculation.additional import Takes, to_date
from payroll.calculation.declared_kinds import ADDITIONAL, OTHER, PENSION, RELIEF
from payroll.calculation.other_deductions import other_in_month, within_year
from payroll.models import PayrollRun, Payslip, TaxDeclaration
from payroll.payslips.figures import DECLARED, Figures
from payroll.policies.books import TaxBook
from payroll.policies.choosing import tax_on

from .ceilings import Ceiling, ceilings_of, unlimited
from .declaring import in_year

Sums = dict[str, int]


def fill_declared(figures: Figures, keys: Column, run: PayrollRun, workers: KeySet, year: Standings) -> None:
    """Fill what the workers of a run have declared; students deduct nothing of it.

    One query when nobody has declared anything. `keys` are the workers in order, `year` is where their year stands;
    its sums are in the figures already.
    """
    rows = _rows(run, workers)
    if not rows:
        return
    book, month = tax_on(run.pay_date)[1], run.tax_month
    earlier = _declared_before(run, rows)
    based = [worker for worker, declared in rows.items() if any(row.base_fen for row in declared)]
    ceilings = ceilings_of(based, month.year)
    for place in np.flatnonzero(np.isin(keys, list(rows)) & (figures["student"] == 0)).tolist():
        worker = int(keys[place])
        sums = sums_to_date(rows[worker], book, month, _first_month(year, place, month), run.pay_date,
                            ceilings.get(worker, unlimited))  # fmt: skip
        _take(figures, place, year, sums, earlier.get(worker, {}), _begins(rows[worker], month))
        _relieve(figures, place, rows[worker], month)


def _rows(run: PayrollRun, workers: KeySet) -> dict[int, list[TaxDeclaration]]:
    """Withdrawn ones too: what they had lowered comes back."""
    found: dict[int, list[TaxDeclaration]] = defaultdict(list)
    for row in TaxDeclaration.objects.of_year(run.tax_month.year).filter(
        workers.names("worker"), valid_from__lt=run.tax_month.end
    ):
        found[row.worker_id].append(row)
    return found


def _declared_before(run: PayrollRun, workers: Iterable[int]) -> dict[int, Sums]:
    """What earlier payslips of the tax year have deducted by declarations, to date."""
    slips = Payslip.objects.final().of_tax_year(run.tax_month.year)
    slips = slips.filter(worker__in=list(workers), tax_month__lte=run.tax_month.month, errors=0).exclude(run=run.pk)
    last = slips.order_by("worker_id", "-tax_month", "-run__approved_at", "-pk").distinct("worker_id")
    return {
        worker: {name.removeprefix(DECLARED): fen for name, fen in inputs.items() if name.startswith(DECLARED)}
        for worker, inputs in last.values_list("worker_id", "inputs")
    }


def _first_month(year: Standings, place: int, month: Period) -> int:
    """The first month of the year whose deductions are ours to count."""
    return max(month.month - int(year.months[place]) + 1, int(year.opening_through[place]) + 1, 1)


def _begins(rows: Iterable[TaxDeclaration], month: Period) -> int:
    """The first month of the year for which an additional deduction is declared."""
    claims = (in_year(row, month.year) for row in rows if row.withdrawn_at is None and row.kind in ADDITIONAL)
    return min((claim.first for claim in claims if claim), default=13)


def sums_to_date(
    rows: Iterable[TaxDeclaration],
    book: TaxBook,
    month: Period,
    first: int,
    day: dt.date,
    ceiling: Ceiling = unlimited,
) -> Sums:
    """Add up each kind from the first month that counts to the month of payment, in fen.

    The base of an annuity counts up to the `ceiling` of each month.
    """
    additional, others = book.additional_deductions(day), book.other_deductions(day)
    sums: Sums = defaultdict(int)
    for row in rows:
        claim = in_year(row, month.year) if row.withdrawn_at is None else None
        if claim is None:
            continue
        if row.kind in additional:
            rule = additional[row.kind]
            begins = claim.first if rule.takes == Takes.ONCE else max(claim.first, first)
            if begins <= claim.last:
                sums[row.kind] += to_date(replace(claim, first=begins), rule, month.month)
        elif row.kind in others:
            for number in range(max(claim.first, first), min(claim.last, month.month) + 1):
                sums[row.kind] += other_in_month(others[row.kind], row.amount_fen, row.base_fen, ceiling(number))
    return {kind: within_year(others[kind], fen) if kind in others else fen for kind, fen in sums.items() if fen}


def _take(figures: Figures, place: int, year: Standings, now: Sums, before: Sums, begins: int) -> None:
    for kind in now.keys() | before.keys():
        figures.setdefault(f"{DECLARED}{kind}", np.zeros_like(figures["student"]))[place] = now.get(kind, 0)
    additional, additional_before = (sum(sums.get(kind, 0) for kind in ADDITIONAL) for sums in (now, before))
    if additional or additional_before:
        so_far = int(year.additional_fen[place])
        kept = so_far - additional_before
        if not additional_before and begins <= year.last_month[place]:
            kept = int(year.opening_additional_fen[place])
        sheet = int(figures["additional_to_date_fen"][place]) - so_far
        if additional:
            figures["replaced_fen"][place] = sheet
            sheet = 0
        figures["additional_to_date_fen"][place] = max(kept, 0) + additional + sheet
    pension, pension_before = (sum(sums.get(kind, 0) for kind in PENSION) for sums in (now, before))
    figures["pension_to_date_fen"][place] += pension - pension_before
    # What earlier months deducted stays with them: the withholding adds up month by month.
    other, other_before = (sum(sums.get(kind, 0) for kind in OTHER) for sums in (now, before))
    figures["other_fen"][place] = max(other - other_before, 0)


def _relieve(figures: Figures, place: int, rows: Iterable[TaxDeclaration], month: Period) -> None:
    for row in rows:
        if row.kind == RELIEF and row.withdrawn_at is None and row.is_valid_on(month.first_day):
            figures["relief_percent"][place] = row.share
            figures["relief_limit_fen"][place] = row.amount_fen
