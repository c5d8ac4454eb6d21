"""Where a worker's tax year stands before a run: the last approved payslip, else the opening balance, else a start.

Months here (61号 art. 6; docs/payroll/income_tax.md): after an earlier payslip or an opening balance they go on
counting by calendar months. Without either they begin with the latest of January, the month of employment, and the
first month the agency paid on this system: a deduction for months whose income the system does not know would
withhold too little. What was withheld too much so comes back with the yearly settlement.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Min, QuerySet

from agency.periods import Period
from payroll.calculation.withholding import YearToDate
from payroll.models import PayrollRun, Payslip, TaxOpeningBalance


class TaxStart(IntEnum):
    """Say where a worker's months of the tax year are counted from."""

    EARLIER_PAYSLIP = 0
    OPENING_BALANCE = 1
    JANUARY = 2
    EMPLOYMENT = 3
    FIRST_MONTH_HERE = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """A worker's year so far, in fen; `before` in the order of `YearToDate`. `months` count this month already."""

    start: TaxStart
    months: int
    before: tuple[int, ...] = (0,) * 6
    basic_method: int = 0
    additional_fen: int = 0
    pension_fen: int = 0


PAYSLIP_FIELDS = (
    *(name.removesuffix("_fen") + "_to_date_fen" for name in YearToDate.__slots__),
    "additional_to_date_fen", "pension_to_date_fen", "months_here", "tax_month",
)  # fmt: skip
OPENING_FIELDS = (*YearToDate.__slots__, "additional_fen", "pension_fen", "months", "through_month", "basic_method")


def standings(run: PayrollRun, workers: QuerySet, joined: Iterable[tuple[int, dt.date | None]]) -> dict[int, Standing]:
    """Return each worker's standing before a run, in three queries.

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
    return found


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


def _standing(month: int, earlier: tuple | None, opening: tuple | None) -> Standing | None:
    basic_method = opening[-1] if opening else 0
    if earlier is not None:
        *before, additional, pension, months, last = earlier
        start = TaxStart.EARLIER_PAYSLIP
    elif opening is not None:
        *before, additional, pension, months, last, _method = opening
        start = TaxStart.OPENING_BALANCE
    else:
        return None
    return Standing(start, months + month - last, tuple(before), basic_method, additional, pension)


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
