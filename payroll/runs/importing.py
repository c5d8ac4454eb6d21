"""Import a client's attendance sheet into a run: all rows or none, and the same sheet twice changes nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from agency.audit import record
from agency.reasons import _, reason
from agency.spreadsheets.checked import CheckedSheet
from agency.spreadsheets.checking import Batch, ParsedRow
from agency.spreadsheets.columns import Finding
from agency.spreadsheets.opening import open_upload
from agency.spreadsheets.uploads import prepare
from agency.tenancy.copying import copy_rows
from agency.uploads.settled import settled
from payroll.models import PayrollInput, PayrollRun
from payroll.refusals import Refused

from .attendance import HUNDREDTHS, WHO, WHOLE, WRITTEN, add_inputs, no_inputs
from .own_columns import own_items, sheet_of, some_columns_of
from .people import People, Placed, at_key
from .preparing import touch
from .roll import choosable_for


class AttendanceImport:
    """Find each row's worker and write the rows that were checked; one is made for each sheet.

    A `partial` sheet changes only the columns it has, of workers whose figures are in the run already.
    """

    def __init__(self, run: PayrollRun, partial: bool = False) -> None:
        self.run, self.partial = run, partial
        self.written = WRITTEN
        self.there: set[int] = set()
        self.items = own_items(run)
        self.placed = Placed(choosable_for(run)) if not partial else Placed()
        self.row_of: dict[int, int] = {}
        self.inputs = no_inputs()

    def check(self, rows: Batch) -> Iterator[Finding]:
        """Yield what does not fit: unknown people, people not placed at this client, the same person twice."""
        if self.partial:
            self._look_up(People(rows).keys)
        workers = self.placed.plainly(rows)
        unclear = [place for place, worker in enumerate(workers) if not self._fits(worker, rows.numbers[place])]
        if unclear:
            found = People(some := rows.at(unclear))
            for place, row in zip(unclear, some, strict=True):
                workers[place], finding = self._judged(found, row)
                if finding is not None:
                    yield finding
        taken = [place for place, worker in enumerate(workers) if worker is not None]
        part = rows if len(taken) == len(rows) else rows.at(taken)
        add_inputs(self.inputs, [worker for worker in workers if worker is not None], part, self.items)

    def write(self) -> int:
        """Write all rows of a locked run; those of other workers stay as they are. Return how many were written."""
        count = len(self.inputs["worker_id"])
        if count:
            columns = {**self.inputs, "run_id": [self.run.pk] * count}
            # Asking at each row whether it is there takes PostgreSQL half as long again as the rows of a first sheet.
            first = not PayrollInput.objects.filter(run=self.run).exists()
            unique = () if first else ("agency_id", "run_id", "worker_id")
            copy_rows(PayrollInput, columns, unique=unique, update=self.written)
        return count

    def _look_up(self, workers: set[int]) -> None:
        """Read what is known of some workers only: fifty rows pasted need not all of twenty thousand."""
        self.placed.add(choosable_for(self.run).filter(worker__any_of=workers))
        inputs = PayrollInput.objects.filter(run=self.run, worker__any_of=workers)
        self.there.update(inputs.values_list("worker_id", flat=True))

    def _fits(self, worker: int | None, number: int) -> bool:
        """Tell whether a row is somebody's who may have one, and the first that is; remember it then."""
        if worker is None or (self.partial and worker not in self.there):
            return False
        return self.row_of.setdefault(worker, number) == number

    def _judged(self, found: People, row: ParsedRow) -> tuple[int | None, Finding | None]:
        worker, finding = found.of(row)
        if worker is None or finding is not None:
            return None, finding
        if worker.pk not in self.placed.workers:
            words = _("%(name)s was not at this client in %(month)s. Check the placement, or delete the row.")
            return None, at_key(row, reason(words, name=worker.name, month=self.run.period))
        if self.partial and worker.pk not in self.there:
            words = _("%(name)s has no figures in this run yet. Import the sheet first.")
            return None, at_key(row, reason(words, name=worker.name))
        first = self.row_of.setdefault(worker.pk, row.row)
        if first != row.row:
            return None, at_key(row, reason(_("The same person as in row %(row)d. Keep one of the two."), row=first))
        return worker.pk, None


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
        return len(self.importer.placed.workers) - len(self.importer.inputs["worker_id"])


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
    with settled(), transaction.atomic():
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
