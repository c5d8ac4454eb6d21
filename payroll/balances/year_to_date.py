"""Where a worker's tax year stands before a run: the last approved payslip, else the opening balance, else a start.

Months here (61号 art. 6; docs/payroll/income_tax.md): after an earlier payslip or an opening balance they go on
counting by calendar months, without those between leaving and coming back. Without either they begin with the latest of
January, the month of employment, and the first month the agency paid on this system: a deduction for months whose
income the system does not know would withhold too little. What was withheld too much so comes back with the yearly
settlement.
"""

import datetime as dt
from collections import defaultdict
from typing import Any

import numpy as np
from django.db.models import BigIntegerField, Min
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from agency.columnar import NULL, Columns, KeySet, matched, read_columns, spread
from agency.money import Column
from agency.periods import Period
from payroll.calculation.withholding import BasicMethod, YearToDate
from payroll.models import PayrollRun, Payslip, TaxOpeningBalance, TaxYearChoice
from workers.models import LabourContract

from .standing import Standings, TaxStart

AT_ONCE = int(BasicMethod.AT_ONCE)
LOW_YEAR_FEN = 60_000_00  # 公告2020年第19号: wages of the whole year before
BEFORE = {name: name.removesuffix("_fen") + "_to_date_fen" for name in YearToDate.__slots__}
OF_PAYSLIP = BEFORE | {
    "additional_fen": "additional_to_date_fen", "pension_fen": "pension_to_date_fen", "months": "months_here",
    "last_month": "tax_month", "basic_method": Cast(KT("inputs__basic_method"), BigIntegerField()),
    "student": Cast(KT("inputs__student"), BigIntegerField()),
}  # fmt: skip
OF_OPENING = {name: name for name in YearToDate.__slots__} | {
    "additional_fen": "additional_fen", "pension_fen": "pension_fen", "months": "months",
    "last_month": "through_month", "basic_method": "basic_method",
}  # fmt: skip


def standings(run: PayrollRun, workers: KeySet, keys: Column, employed_on: Column, students: np.ndarray) -> Standings:
    """Return each worker's standing before a run, in a handful of queries.

    `keys` are the workers in order, `workers` the same as a set, `employed_on` their first days as `columnar`
    counts them. `students` are on internship: their pay is another kind of income, with a year of its own.
    """
    month = run.tax_month.month
    opening = _openings(run.tax_month.year, workers)
    earlier, changed = _of_one_kind(run, keys, _earlier(run, workers), students)
    _rows, paid = matched(keys, earlier["worker_id"])
    opened = matched(keys, opening["worker_id"])[1] & ~students
    told = {name: spread(keys, opening, "worker_id", name) for name in OF_OPENING}
    methods = told["basic_method"]
    if paid.any():
        told = {name: np.where(paid, spread(keys, earlier, "worker_id", name), told[name]) for name in OF_OPENING}
    start, months = _from_start(run, employed_on)
    start = np.where(changed > 0, int(TaxStart.EMPLOYMENT), start)
    months = np.where(changed > 0, np.maximum(month - changed, 1), months)
    goes_on = paid | opened
    last = np.where(goes_on, told["last_month"], 0)
    start = np.select([paid, opened], [int(TaxStart.EARLIER_PAYSLIP), int(TaxStart.OPENING_BALANCE)], start)
    months = np.where(goes_on, told["months"] + month - last, months) - _away(run, keys, np.where(students, 0, last))
    method = np.where(methods != 0, methods, np.maximum(told["basic_method"], 0))
    method = np.where(_low_paid(run, workers, keys, start), AT_ONCE, method)
    chosen = spread(keys, _choices(run.tax_month.year, workers), "worker_id", "basic_method", NULL)
    method = np.where(chosen != NULL, chosen, method)
    return Standings(
        start=start,
        months=months,
        before=tuple(told[name] for name in YearToDate.__slots__),
        basic_method=np.where(students, int(BasicMethod.MONTHS_HERE), method),
        additional_fen=told["additional_fen"],
        pension_fen=told["pension_fen"],
        last_month=last,
        opening_through=np.where(opened, spread(keys, opening, "worker_id", "last_month"), 0),
        opening_additional_fen=np.where(opened, spread(keys, opening, "worker_id", "additional_fen"), 0),
    )


def _openings(year: int, workers: KeySet) -> Columns:
    rows = TaxOpeningBalance.objects.filter(workers.names("worker"), tax_year=year)
    return read_columns(rows, worker_id="worker_id", **OF_OPENING)


def _choices(year: int, workers: KeySet) -> Columns:
    rows = TaxYearChoice.objects.filter(workers.names("worker"), tax_year=year)
    return read_columns(rows, worker_id="worker_id", basic_method="basic_method")


def _of_one_kind(run: PayrollRun, keys: Column, earlier: Columns, students: np.ndarray) -> tuple[Columns, Column]:
    """Keep of the earlier payslips those of the same kind of income; who has none gets the month of the other kind."""
    was_student = spread(keys, earlier, "worker_id", "student", NULL) == 1
    other = matched(keys, earlier["worker_id"])[1] & (was_student != students)
    if not other.any():
        return earlier, np.zeros_like(keys)
    last = spread(keys, earlier, "worker_id", "last_month")
    same = ~np.isin(earlier["worker_id"], keys[other])
    parts = [{name: values[same] for name, values in earlier.items()}]
    for group, kind in (
        (other & students, {"inputs__student": 1}),
        (other & ~students, {"inputs__student__isnull": True}),
    ):
        parts += [_earlier(run, KeySet(keys[group].tolist()), **kind)] if group.any() else []
    kept = {name: np.concatenate([part[name] for part in parts]) for name in earlier}
    return kept, np.where(other & ~np.isin(keys, kept["worker_id"]), last, 0)


def _earlier(run: PayrollRun, workers: KeySet, **kind: Any) -> Columns:
    """The last good payslip of the tax year; of two in one month, the one approved last."""
    rows = Payslip.objects.final().of_tax_year(run.tax_month.year)
    rows = rows.filter(workers.names("worker"), tax_month__lte=run.tax_month.month, errors=0, **kind).exclude(
        run=run.pk
    )
    rows = rows.order_by("worker_id", "-tax_month", "-run__approved_at", "-pk").distinct("worker_id")
    return read_columns(rows, worker_id="worker_id", **OF_PAYSLIP)


def _first_month(run: PayrollRun) -> Period:
    """The first month in which the agency pays on this system."""
    day = PayrollRun.objects.aggregate(day=Min("pay_date"))["day"] or run.pay_date
    return Period.of(min(day, run.pay_date))


def _away(run: PayrollRun, keys: Column, last_month: Column) -> Column:
    """Count the months between two payments of the year in which a worker had no contract here."""
    month = run.tax_month
    months = np.zeros(len(keys), dtype=np.int64)
    gaps = np.flatnonzero((last_month > 0) & (last_month < month.month - 1)).tolist()
    if not gaps:
        return months
    spans: dict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    rows = LabourContract.objects.filter(worker__in=keys[gaps].tolist())
    for pk, begins, ends in rows.values_list("worker_id", "valid_from", "valid_to"):
        spans[pk].append((begins, ends))
    for row in gaps:
        between = (Period(month.year, number) for number in range(int(last_month[row]) + 1, month.month))
        months[row] = sum(not _employed(spans[int(keys[row])], each) for each in between)
    return months


def _employed(spans: list[tuple[dt.date, dt.date | None]], month: Period) -> bool:
    return any(begins < month.end and (ends is None or ends > month.first_day) for begins, ends in spans)


def _low_paid(run: PayrollRun, workers: KeySet, keys: Column, start: Column) -> np.ndarray:
    """Who starts the year here after a full year here on wages up to 60,000: that is deducted at once (19号).

    Twelve months of the year before, zero ones included, were declared by this agency when December counts twelve.
    Who has agreed otherwise gets an opening balance of the year with another method.
    """
    starters = start == TaxStart.JANUARY
    if not starters.any():
        return starters
    rows = Payslip.objects.final().of_tax_year(run.tax_month.year - 1).filter(
        workers.names("worker"), tax_month=12, months_here=12, errors=0
    )  # fmt: skip
    last = rows.order_by("worker_id", "-run__approved_at", "-pk").distinct("worker_id")
    incomes = read_columns(last, worker_id="worker_id", income_fen="income_to_date_fen")
    return starters & (spread(keys, incomes, "worker_id", "income_fen", LOW_YEAR_FEN + 1) <= LOW_YEAR_FEN)


def _from_start(run: PayrollRun, employed_on: Column) -> tuple[Column, Column]:
    """Return why and for how many months the year of who was not paid before counts, this month included."""
    year, month, first = run.tax_month.year, run.tax_month.month, _first_month(run)
    months = employed_on.astype("datetime64[D]").astype("datetime64[M]")
    since = (months - np.datetime64(f"{year}-01", "M")).astype(np.int64) + 1
    employment = np.where((since >= 1) & (since <= 12), since, 0)
    here = first.month if first.year == year else 0
    begins = np.minimum(np.maximum(np.maximum(employment, here), 1), month)
    # Where employment and the first month here fall together, the contract is the plainer reason.
    reasons = [int(TaxStart.JANUARY), int(TaxStart.EMPLOYMENT), int(TaxStart.FIRST_MONTH_HERE)]
    start = np.select([begins <= 1, employment >= begins, here >= begins], reasons, int(TaxStart.JANUARY))
    return start, month - begins + 1
