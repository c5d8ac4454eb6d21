"""Import declarations: all rows or none, each by the rules of a single one; the same file twice changes nothing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction

from agency.audit import record
from agency.periods import Period
from agency.permissions import visible
from agency.reasons import Reason, _, reason
from agency.spreadsheets.checked import CheckedSheet
from agency.spreadsheets.checking import ParsedRow
from agency.spreadsheets.columns import Finding, Values
from agency.spreadsheets.opening import open_upload
from agency.spreadsheets.uploads import prepare
from agency.tenancy.copying import columns_of, copy_rows
from payroll.models import TaxDeclaration
from payroll.policies.books import TaxBook
from payroll.runs.people import People, at_key
from workers.models import Worker

from .columns import DECLARATIONS
from .declaring import Declared, book_on, checked, outdate
from .forms import DEFAULTS

SAME = ("kind", "valid_from", "valid_to", "amount_fen", "count", "share", "shared", "base_fen")


class DeclarationImport:
    """Find each row's worker and check what it declares; one is made for each file."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.rows: list[TaxDeclaration] = []
        self.books: dict[Period, TaxBook] = {}
        self.standing: dict[int, list[TaxDeclaration]] = defaultdict(list)
        self.written = 0

    def check(self, rows: Sequence[ParsedRow]) -> Iterator[Finding]:
        """Yield unknown people and declarations that cannot be."""
        people = People(rows)
        named = [(row, *people.of(row)) for row in rows]
        found = {worker.pk for _row, worker, _finding in named if worker}
        self._read(found - self.standing.keys())
        theirs = set(visible(self.by, Worker).filter(pk__in=found).values_list("pk", flat=True))
        for row, worker, finding in named:
            if finding is None and worker is not None and worker.pk not in theirs:
                finding = at_key(row, reason(_("This worker is at a client of somebody else. Delete the row.")))
            elif finding is None and worker is not None:
                finding = self._declare(worker.pk, row)
            if finding is not None:
                yield finding

    def write(self) -> int:
        """Write the rows that were not there before. Return how many."""
        copy_rows(TaxDeclaration, columns_of(self.rows, ["worker_id", *SAME, "months_before", "note"]))
        outdate({row.worker_id for row in self.rows})
        self.written = len(self.rows)
        return self.written

    def _read(self, workers: set[int]) -> None:
        for row in TaxDeclaration.objects.standing().filter(worker__in=workers):
            self.standing[row.worker_id].append(row)

    def _declare(self, worker: int, row: ParsedRow) -> Finding | None:
        given = _declared(row.values)
        if given.since not in self.books:
            self.books[given.since] = book_on(given.since)
        others = self.standing[worker]
        try:
            found = checked(worker, given, [], self.books[given.since])
            if any(all(getattr(found, name) == getattr(other, name) for name in SAME) for other in others if other.pk):
                return None
            checked(worker, given, others, self.books[given.since])
        except ValidationError as wrong:
            (field, words), *_more = wrong.message_dict.items()
            return Finding(field, Reason(str(words[0])), row=row.row)
        others.append(found)
        self.rows.append(found)
        return None


CheckedDeclarations = CheckedSheet[DeclarationImport]


def import_declarations(
    source: Path | BinaryIO, by: Any, *, filename: str = "", password: str | None = None
) -> CheckedDeclarations:
    """Import a file if every row is good; look at `is_clean` of what comes back, nothing was written otherwise.

    Raises `spreadsheets.Refused` for what is no table.
    """
    with transaction.atomic():
        importer = DeclarationImport(by)
        upload = prepare(open_upload(source, filename, password=password), DECLARATIONS)
        sheet = CheckedDeclarations(upload, DECLARATIONS, importer)
        if sheet.is_clean:
            count = importer.write()
            record("payroll.declarations.imported", actor=by, rows=count, digest=upload.opened.digest)
    return sheet


def _declared(values: Values) -> Declared:
    given = {name: int(values[name]) for name in DEFAULTS if values.get(name) is not None}
    shared, until = bool(given.pop("shared", False)), values["until"]
    return Declared(
        values["kind"], Period.of(values["since"]), Period.of(until) if until else None,
        note=values["note"] or "", shared=shared, **given,
    )  # fmt: skip
