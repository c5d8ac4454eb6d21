"""Import a client's attendance sheet into a run: all rows or none, and the same sheet twice changes nothing."""

from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from agency.audit import record
from agency.reasons import _, reason
from agency.spreadsheets.checked import CheckedSheet
from agency.spreadsheets.checking import ParsedRow
from agency.spreadsheets.columns import Finding, Values
from agency.spreadsheets.opening import open_upload
from agency.spreadsheets.uploads import prepare
from agency.tenancy.copying import copy_rows
from payroll.calculation.items import Item
from payroll.models import PayrollInput, PayrollRun
from payroll.refusals import Refused

from .own_columns import own_items, sheet_of, some_columns_of, stored_items
from .people import People, Person, at_key
from .preparing import touch
from .roll import choosable_for

# Where a column of the sheet goes; days and hours are kept in hundredths.
HUNDREDTHS = {
    "days_worked": "days_worked_x100",
    "days_absent": "days_absent_x100",
    "sick_days": "sick_days_x100",
    "overtime_hours": "overtime_weekday_x100",
    "weekend_hours": "overtime_rest_day_x100",
    "holiday_hours": "overtime_holiday_x100",
}
WHOLE = {
    "night_shifts": "night_shifts",
    "allowances_fen": "allowances_fen",
    "deductions_fen": "deductions_fen",
    "special_deduction_fen": "additional_fen",
    "one_time_fen": "one_time_fen",
}
WHO = ("employee_no", "name", "identity_number")
WRITTEN = [*HUNDREDTHS.values(), *WHOLE.values(), "taxed_apart", "items", "remark", "left_out"]


class AttendanceImport:
    """Find each row's worker and write the rows that were checked; one is made for each sheet.

    A `partial` sheet changes only the columns it has, of workers whose figures are in the run already.
    """

    def __init__(self, run: PayrollRun, partial: bool = False) -> None:
        self.run, self.partial = run, partial
        self.written = WRITTEN
        self.there = set(PayrollInput.objects.filter(run=run).values_list("worker_id", flat=True)) if partial else set()
        self.items = own_items(run)
        self.placed = set(choosable_for(run).values_list("worker_id", flat=True))
        self.rows_of: dict[int, int] = {}
        self.inputs: list[PayrollInput] = []

    def check(self, rows: list[ParsedRow]) -> Iterator[Finding]:
        """Yield what does not fit: unknown people, people not placed at this client, the same person twice."""
        found = People(rows)
        for row in rows:
            worker, finding = found.of(row)
            if worker is not None and worker.pk not in self.placed:
                words = _("%(name)s was not at this client in %(month)s. Check the placement, or delete the row.")
                finding = at_key(row, reason(words, name=worker.name, month=self.run.period))
            elif worker is not None and self.partial and worker.pk not in self.there:
                finding = at_key(
                    row, reason(_("%(name)s has no figures in this run yet. Import the sheet first."), name=worker.name)
                )
            elif worker is not None:
                finding = self._repeated(row, worker)
            if finding is not None:
                yield finding
            elif worker is not None:
                self.inputs.append(_input(self.run, worker, row.values, self.items))

    def write(self) -> int:
        """Write all rows; those of other workers stay as they are. Return how many were written."""
        names = ["run_id", "worker_id", *WRITTEN]
        columns = {name: list(map(attrgetter(name), self.inputs)) for name in names}
        if self.inputs:
            copy_rows(PayrollInput, columns, unique=("agency_id", "run_id", "worker_id"), update=self.written)
        return len(self.inputs)

    def _repeated(self, row: ParsedRow, worker: Person) -> Finding | None:
        first = self.rows_of.setdefault(worker.pk, row.row)
        if first == row.row:
            return None
        return at_key(row, reason(_("The same person as in row %(row)d. Keep one of the two."), row=first))


def dry_run(
    run: PayrollRun,
    source: Path | BinaryIO,
    filename: str = "",
    password: str | None = None,
    *,
    partial: bool = False,
) -> "Checked":
    """Read and check a sheet without writing. Raises `spreadsheets.Refused` for what is no table."""
    importer = AttendanceImport(run, partial)
    table = some_columns_of(run) if partial else sheet_of(run, importer.items)
    upload = prepare(open_upload(source, filename, password=password), table)
    if partial:
        places = HUNDREDTHS | WHOLE
        importer.written = [places.get(name, name) for name in upload.mapping.assigned if name not in WHO]
    return Checked(upload, table, importer)


class Checked(CheckedSheet[AttendanceImport]):
    """A checked attendance sheet."""

    @property
    def is_clean(self) -> bool:
        return super().is_clean and bool(self.importer.written)

    @property
    def missing(self) -> int:
        """Count the placed workers the sheet says nothing about."""
        return len(self.importer.placed) - len(self.importer.inputs)


def import_attendance(
    run: PayrollRun,
    source: Path | BinaryIO,
    by: Any,
    *,
    filename: str = "",
    password: str | None = None,
    partial: bool = False,
) -> Checked:
    """Import a sheet if every row is good; look at `is_clean` of what comes back, nothing was written otherwise.

    Raises `Refused` when the run was handed in.
    """
    with transaction.atomic():
        run = PayrollRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if not run.is_open:
            raise Refused(gettext("This run was handed in. Have it returned before importing."))
        checked = dry_run(run, source, filename, password, partial=partial)
        if checked.is_clean and checked.importer.written:
            count = checked.importer.write()
            touch(
                run,
                imported_by=by,
                imported_at=timezone.now(),
                source_file=checked.upload.opened.filename[:200],
            )
            digest = checked.upload.opened.digest
            record("payroll.attendance.imported", subject=run, actor=by, rows=count, digest=digest)
    return checked


def _input(run: PayrollRun, worker: Person, values: Values, items: list[Item]) -> PayrollInput:
    amounts = {ours: int((values.get(theirs) or Decimal(0)) * 100) for theirs, ours in HUNDREDTHS.items()}
    amounts |= {ours: int(values.get(theirs) or 0) for theirs, ours in WHOLE.items()}
    apart = values.get("taxed_apart")
    remark, own = values.get("remark") or "", stored_items(items, values)
    return PayrollInput(
        run=run, worker_id=worker.pk, remark=remark, taxed_apart=apart is not False, items=own, **amounts
    )
