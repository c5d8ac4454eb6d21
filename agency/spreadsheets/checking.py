"""The dry run: read every row, and report every bad cell in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, zip_longest
from typing import Any

from .batch import Batch, ParsedRow
from .cells import Cell, Row, shown
from .columns import Finding, Table
from .furniture import are_plainly_data, is_plainly_data, why_no_data
from .headers import HeaderRow
from .mapping import Mapping
from .parsing import ColumnReader, Note
from .reading import Sheet, is_blank
from .report import CellError, Report
from .row_checks import RowChecks

__all__ = ["BATCH", "Batch", "BatchCheck", "CellError", "DryRun", "ParsedRow", "Report"]

BATCH = 1000
BatchCheck = Callable[[Batch], Iterable[Finding]]
Progress = Callable[[int, int], None]


class DryRun:
    """Iterate over the parsed rows of a sheet; afterwards `report` is complete.

    `checks` are given up to a thousand rows at a time, for look-ups in the database and comparisons across
    rows; they see rows with bad cells too (`good` is False, the bad value is None). `progress` is called with
    rows done and rows in all. Memory does not grow with the rows, only with the errors and the unique values.
    """

    def __init__(
        self,
        sheet: Sheet,
        table: Table,
        headers: HeaderRow,
        mapping: Mapping,
        *,
        checks: Iterable[BatchCheck] = (),
        progress: Progress | None = None,
    ) -> None:
        self.sheet, self.table, self.headers = sheet, table, headers
        self.report = Report()
        self._checks = tuple(checks)
        self._progress = progress
        self._readers = [
            ColumnReader(column, header)
            for column in table.columns
            if (header := mapping.assigned.get(column.field)) is not None
        ]
        self._assigned = mapping.assigned

    def __iter__(self) -> Iterator[ParsedRow]:
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[Batch]:
        """Yield the parsed rows together, as they were checked."""
        self.report = Report()
        self._across = RowChecks(self.table)
        for reader in self._readers:
            reader.forget()
        rows = self.sheet.rows()
        while piece := list(islice(rows, BATCH)):
            numbers, cells = self._data(piece)
            if numbers:
                yield self._checked(numbers, cells)
            if len(piece) == BATCH:
                self._tell(piece[-1][0])
        self.report.errors.sort(key=lambda error: (error.row, len(error.column), error.column))
        self._tell(self.sheet.row_count)

    def run(self) -> Report:
        """Check the whole sheet and return the report."""
        for _batch in self.batches():
            pass
        return self.report

    def _data(self, piece: list[tuple[int, Row]]) -> tuple[list[int], list[Row]]:
        """Return the rows that hold data; count or list the others."""
        piece = [(number, cells) for number, cells in piece if number > self.headers.row]
        if piece and not are_plainly_data([cells for _number, cells in piece], self.headers):
            piece = [(number, cells) for number, cells in piece if self._holds_data(number, cells)]
        numbers, rows = zip(*piece, strict=True) if piece else ((), ())
        return list(numbers), list(rows)

    def _holds_data(self, number: int, cells: Row) -> bool:
        if is_plainly_data(cells, self.headers):
            return True
        if is_blank(cells):
            self.report.blank_rows += 1
            return False
        if (why := why_no_data(cells, self.headers)) is not None:
            self.report.skipped.append((number, why))
            return False
        return True

    def _checked(self, numbers: list[int], rows: list[Row]) -> Batch:
        batch = self._parsed(numbers, rows)
        for place in self._across.suspects(batch):
            self._add(self._across.findings(batch, place), batch, place, rows)
        for check in self._checks:
            for finding in check(batch):
                self._add((finding,), batch, batch.place_of(finding.row), rows)
        self.report.rows += len(batch)
        self.report.bad_rows += batch.good.count(False)
        return batch

    def _parsed(self, numbers: list[int], rows: list[Row]) -> Batch:
        columns: dict[str, list[Any]] = {column.field: [None] * len(rows) for column in self.table.columns}
        cells = list(zip_longest(*rows, fillvalue=""))
        blank = ("",) * len(rows)
        noted: list[tuple[ColumnReader, Note]] = []
        for reader in self._readers:
            index = reader.header.index
            columns[reader.column.field], notes = reader.read(numbers, cells[index] if index < len(cells) else blank)
            noted += [(reader, note) for note in notes]
        batch = Batch(numbers, columns)
        # Row by row, as a person goes through them.
        for reader, note in sorted(noted, key=lambda pair: pair[1].place):
            self._note(reader, note, numbers[note.place], rows[note.place])
            if not note.doubt:
                batch.spoil(note.place)
        return batch

    def _note(self, reader: ColumnReader, note: Note, number: int, cells: Row) -> None:
        column, index = reader.column, reader.header.index
        value = shown(cells[index]) if index < len(cells) else ""
        where = self.report.warnings if note.doubt else self.report.errors
        where.append(
            CellError(number, reader.header.letter, column.header, value, note.reason, column.field, note.suggestion)
        )

    def _add(self, findings: Iterable[Finding], batch: Batch, place: int, rows: list[Row]) -> None:
        cells = rows[place]
        for finding in findings:
            header = self._assigned.get(finding.field)
            column = self.table.by_field.get(finding.field)
            cell: Cell = cells[header.index] if header is not None and header.index < len(cells) else ""
            error = CellError(
                batch.numbers[place],
                header.letter if header else "",
                column.header if column else "",
                shown(cell),
                finding.reason,
                finding.field,
                finding.suggestion,
            )
            if finding.warning:
                self.report.warnings.append(error)
            else:
                batch.spoil(place)
                self.report.errors.append(error)

    def _tell(self, done: int) -> None:
        if self._progress is not None:
            self._progress(min(done, self.sheet.row_count), self.sheet.row_count)
