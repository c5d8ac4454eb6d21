"""Bring over a tax year's figures from the payroll before: all rows or none; the same file twice changes nothing."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction

from agency.audit import record
from agency.reasons import _, reason
from agency.spreadsheets.checked import CheckedSheet
from agency.spreadsheets.checking import ParsedRow
from agency.spreadsheets.columns import Finding
from agency.spreadsheets.opening import open_upload
from agency.spreadsheets.uploads import prepare
from agency.tenancy.copying import columns_of, copy_rows
from payroll.models import Payslip, TaxOpeningBalance
from payroll.runs.people import People, at_key

from .columns import AMOUNTS, OPENING

NUMBERS = ("tax_year", "through_month", "months")
SAME = ("worker_id", "tax_year")
WRITTEN = [*NUMBERS[1:], "basic_method", *(name for name, *_rest in AMOUNTS)]


class OpeningImport:
    """Find each row's worker and write the rows that were checked; one is made for each file."""

    def __init__(self) -> None:
        self.rows_of: dict[tuple[int, int], int] = {}
        self.balances: list[TaxOpeningBalance] = []

    def check(self, rows: Sequence[ParsedRow]) -> Iterator[Finding]:
        """Yield unknown people, people twice, and years this system has already paid in."""
        people = People(rows)
        named = [(row, *people.of(row)) for row in rows]
        paid = self._paid([worker.pk for _row, worker, _finding in named if worker is not None])
        for row, worker, finding in named:
            year = int(row.values["tax_year"] or 0)
            if worker is not None and finding is None:
                finding = self._fault(row, worker.pk, year, paid)
            if finding is not None:
                yield finding
            elif worker is not None:
                self.balances.append(_balance(row, worker.pk))

    def write(self) -> int:
        """Write all rows, replacing earlier figures of the same worker and year. Return how many were written."""
        columns = columns_of(self.balances, [*SAME, *WRITTEN])
        copy_rows(TaxOpeningBalance, columns, unique=("agency_id", *SAME), update=WRITTEN)
        return len(self.balances)

    def _paid(self, workers: list[int]) -> set[tuple[int, int]]:
        rows = Payslip.objects.final().filter(worker__in=workers, errors=0)
        return set(rows.values_list("worker_id", "tax_year").distinct())

    def _fault(self, row: ParsedRow, worker: int, year: int, paid: set[tuple[int, int]]) -> Finding | None:
        first = self.rows_of.setdefault((worker, year), row.row)
        if first != row.row:
            return at_key(row, reason(_("The same person as in row %(row)d. Keep one of the two."), row=first))
        if (worker, year) in paid:
            words = _("Wages of %(year)d were approved here already; the year goes on from those payslips.")
            return Finding("tax_year", reason(words, year=year), row=row.row)
        return None


CheckedOpenings = CheckedSheet[OpeningImport]


def import_openings(
    source: Path | BinaryIO, by: Any, *, filename: str = "", password: str | None = None
) -> CheckedOpenings:
    """Import a file if every row is good; look at `is_clean` of what comes back, nothing was written otherwise.

    Raises `spreadsheets.Refused` for what is no table.
    """
    with transaction.atomic():
        importer = OpeningImport()
        upload = prepare(open_upload(source, filename, password=password), OPENING)
        checked = CheckedOpenings(upload, OPENING, importer)
        if checked.is_clean:
            count = importer.write()
            record("payroll.openings.imported", actor=by, rows=count, digest=upload.opened.digest)
    return checked


def _balance(row: ParsedRow, worker: int) -> TaxOpeningBalance:
    numbers = {name: int(row.values[name] or 0) for name in NUMBERS}
    amounts = {name: int(row.values[name] or 0) for name, *_rest in AMOUNTS}
    return TaxOpeningBalance(worker_id=worker, basic_method=int(row.values["basic_method"] or 0), **numbers, **amounts)
