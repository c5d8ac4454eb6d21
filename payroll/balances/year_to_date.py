"""Where a worker's tax year stands before a run: the last approved payslip, else the opening balance, else a start.

Months here (61号 art. 6; docs/payroll/income_tax.md): after an earlier payslip or an opening balance they go on
counting by calendar months, without those between leaving and coming back. Without either they begin with the latest of
January, the month of employment, and the first month the agency paid on this system: a deduction for months whose
income the system does not know would withhold too little. What was withheld too much so comes back with the yearly
settlement.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from django.db.models import Min, QuerySet

from agency.periods import Period
from payroll.calculation.withholding import BasicMethod, YearToDate
from payroll.models import PayrollRun, Payslip, TaxOpeningBalance
from workers.models import LabourContract

AT_ONCE = int(BasicMethod.AT_ONCE)
LOW_YEAR_FEN = 60_000_00  # 公告2020年第19号: wages of the whole year before


class TaxStart(IntEnum):
    """Say where a worker's months of the tax year are counted from."""

    EARLIER_PAYSLIP = 0
    OPENING_BALANCE = 1
    JANUARY = 2
    EMPLOYMENT = 3
    FIRST_MONTH_HERE = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """A worker's year so far, in fen; `before` in the order of `YearToDate`. `months` count this month already.

    `last_month` is the month paid before, 0 when the year starts with this one.
    """

    start: TaxStart
    months: int
    before: tuple[int, ...] = (0,) * 6
    basic_method: int = 0
    additional_fen: int = 0
    pension_fen: int = 0
    last_month: int = 0


PAYSLIP_FIELDS = (
    *(name.removesuffix("_fen") + "_to_date_fen" for name in YearToDate.__slots__),
    "additional_to_date_fen", "pension_to_date_fen", "months_here", "tax_month", "inputs__basic_method",
)  # fmt: skip
OPENING_FIELDS = (*YearToDate.__slots__, "additional_fen", "pension_fen", "months", "through_month", "basic_method")


def standings(run: PayrollRun, workers: QuerySet, joined: Iterable[tuple[int, dt.date | None]]) -> dict[int, Standing]:
    """Return each worker's standing before a run, in a handful of queries.

    `workers` are the ids as a subquery, `joined` pairs each with the first day of employment.
    """
    year, month = run.tax_month.year, run.tax_month.month
    openings = _openings(year, workers)
    earlier = _earlier(run, workers)
    first = _first_month(run)
    found: dict[int, Standing] = {}
    starts: dict[dt.date | None, Standing] = {}
    for worker_id, joined_on in joined:
        standing = _standing(month, earlier.get(worker_id), openings.get(worker_id))
        if standing is None and joined_on not in starts:
            starts[joined_on] = _from_start(year, month, joined_on, first)
        found[worker_id] = standing or starts[joined_on]
    found |= {pk: replace(found[pk], months=found[pk].months - away) for pk, away in _away(run, found).items()}
    return found | {pk: replace(found[pk], basic_method=AT_ONCE) for pk in _low_paid(run, found)}


def _openings(year: int, workers: QuerySet) -> dict[int, tuple]:
    rows = TaxOpeningBalance.objects.filter(tax_year=year, worker__in=workers)
    return {row[0]: row[1:] for row in rows.values_list("worker_id", *OPENING_FIELDS)}


def _earlier(run: PayrollRun, workers: QuerySet) -> dict[int, tuple]:
    """The last good payslip of the tax year; of two in one month, the one approved last."""
    rows = Payslip.objects.final().of_tax_year(run.tax_month.year)
    rows = rows.filter(worker__in=workers, tax_month__lte=run.tax_month.month, errors=0).exclude(run=run.pk)
    rows = rows.order_by("worker_id", "-tax_month", "-run__approved_at", "-pk").distinct("worker_id")
    return {row[0]: row[1:] for row in rows.values_list("worker_id", *PAYSLIP_FIELDS)}


def _first_month(run: PayrollRun) -> Period:
    """The first month in which the agency pays on this system."""
    day = PayrollRun.objects.aggregate(day=Min("pay_date"))["day"] or run.pay_date
    return Period.of(min(day, run.pay_date))


def _away(run: PayrollRun, found: dict[int, Standing]) -> dict[int, int]:
    """Count the months between two payments of the year in which a worker had no contract here."""
    month = run.tax_month
    gaps = {pk: standing.last_month for pk, standing in found.items() if 0 < standing.last_month < month.month - 1}
    if not gaps:
        return {}
    spans: dict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    rows = LabourContract.objects.filter(worker__in=gaps).values_list("worker_id", "valid_from", "valid_to")
    for pk, begins, ends in rows:
        spans[pk].append((begins, ends))
    between = {pk: [Period(month.year, number) for number in range(last + 1, month.month)] for pk, last in gaps.items()}
    return {pk: sum(not _employed(spans[pk], each) for each in months) for pk, months in between.items()}


def _employed(spans: list[tuple[dt.date, dt.date | None]], month: Period) -> bool:
    return any(begins < month.end and (ends is None or ends > month.first_day) for begins, ends in spans)


def _low_paid(run: PayrollRun, found: dict[int, Standing]) -> list[int]:
    """Who starts the year here after a full year here on wages up to 60,000: that is deducted at once (19号).

    Twelve months of the year before, zero ones included, were declared by this agency when December counts twelve.
    Who has agreed otherwise gets an opening balance of the year with another method.
    """
    starters = [pk for pk, standing in found.items() if standing.start == TaxStart.JANUARY]
    if not starters:
        return []
    rows = Payslip.objects.final().of_tax_year(run.tax_month.year - 1).filter(
        worker__in=starters, tax_month=12, months_here=12, errors=0
    )  # fmt: skip
    last = rows.order_by("worker_id", "-run__approved_at", "-pk").distinct("worker_id")
    return [pk for pk, income in last.values_list("worker_id", "income_to_date_fen") if income <= LOW_YEAR_FEN]


def _standing(month: int, earlier: tuple | None, opening: tuple | None) -> Standing | None:
    basic_method = opening[-1] if opening else 0
    if earlier is not None:
        *before, additional, pension, months, last, method = earlier
        basic_method = basic_method or method or 0
        start = TaxStart.EARLIER_PAYSLIP
    elif opening is not None:
        *before, additional, pension, months, last, _method = opening
        start = TaxStart.OPENING_BALANCE
    else:
        return None
    return Standing(start, months + month - last, tuple(before), basic_method, additional, pension, last)


def _from_start(year: int, month: int, joined_on: dt.date | None, first: Period) -> Standing:
    starts = {TaxStart.JANUARY: 1}
    if joined_on is not None and joined_on.year == year:
        starts[TaxStart.EMPLOYMENT] = joined_on.month
    if first.year == year:
        starts[TaxStart.FIRST_MONTH_HERE] = first.month
    begins = min(max(starts.values()), month)
    # Where employment and the first month here fall together, the contract is the plainer reason.
    start = next((reason for reason, number in starts.items() if number >= begins), TaxStart.JANUARY)
    return Standing(start, month - begins + 1)
