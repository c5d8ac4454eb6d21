"""The dry run: read every row, and report every bad cell in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from agency.reasons import Reason, _, reason

from .cells import Cell, Row, shown
from .columns import Finding, Table, Values
from .furniture import is_plainly_data, why_no_data
from .headers import HeaderRow
from .mapping import Mapping
from .parsing import ColumnReader, Note
from .reading import Sheet, is_blank

BATCH = 1000


@dataclass(frozen=True, slots=True)
class CellError:
    """One problem: where it is, what stands there, and how to mend it. `column` is empty for a whole row."""

    row: int
    column: str
    header: str
    value: str
    reason: Reason
    field: str = ""
    suggestion: str = ""

    def as_json(self, table: Table) -> dict[str, Any]:
        """Return a form that may be stored: personal numbers are masked."""
        kind = table.by_field[self.field].kind if self.field in table.by_field else None
        personal = kind is not None and kind.personal
        return {
            "row": self.row,
            "column": self.column,
            "header": self.header,
            "field": self.field,
            "value": kind.mask(self.value) if personal and kind else self.value,
            "reason": self.reason.as_json(),
            "suggestion": "" if personal else self.suggestion,
        }


@dataclass(slots=True)
class ParsedRow:
    """A row as read: `values` by field, None for blanks; `good` is False when any of its cells is bad."""

    row: int
    values: Values
    good: bool = True


BatchCheck = Callable[[list[ParsedRow]], Iterable[Finding]]
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Report:
    """What the dry run has found. Nothing may be committed unless `clean`."""

    rows: int = 0
    bad_rows: int = 0
    blank_rows: int = 0
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)
    skipped: list[tuple[int, Reason]] = field(default_factory=list)

    @property
    def good_rows(self) -> int:
        return self.rows - self.bad_rows

    @property
    def clean(self) -> bool:
        return self.rows > 0 and not self.errors


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
        self.report = Report()
        for reader in self._readers:
            reader.forget()
        batch: list[tuple[int, Row]] = []
        for number, cells in self.sheet.rows():
            if number <= self.headers.row:
                continue
            if is_plainly_data(cells, self.headers):
                batch.append((number, cells))
            elif is_blank(cells):
                self.report.blank_rows += 1
            elif (why := why_no_data(cells, self.headers)) is not None:
                self.report.skipped.append((number, why))
            else:
                batch.append((number, cells))
            if len(batch) == BATCH:
                yield from self._finish(batch)
                batch = []
                self._tell(number)
        yield from self._finish(batch)
        self.report.errors.sort(key=lambda error: (error.row, len(error.column), error.column))
        self._tell(self.sheet.row_count)

    def run(self) -> Report:
        """Check the whole sheet and return the report."""
        for _row in self:
            pass
        return self.report

    def _parse(self, rows: list[tuple[int, Row]]) -> list[ParsedRow]:
        numbers = [number for number, _cells in rows]
        columns: dict[str, list[Any]] = {column.field: [None] * len(rows) for column in self.table.columns}
        noted: list[tuple[ColumnReader, Note]] = []
        for reader in self._readers:
            index = reader.header.index
            cells = [row[index] if index < len(row) else "" for _number, row in rows]
            columns[reader.column.field], notes = reader.read(numbers, cells)
            noted += [(reader, note) for note in notes]
        names = tuple(columns)
        parsed = [
            ParsedRow(number, dict(zip(names, values, strict=True)))
            for number, values in zip(numbers, zip(*columns.values(), strict=True), strict=True)
        ]
        # Row by row, as a person goes through them.
        for reader, note in sorted(noted, key=lambda pair: pair[1].place):
            self._note(reader, note, *rows[note.place])
            parsed[note.place].good &= note.doubt
        return parsed

    def _note(self, reader: ColumnReader, note: Note, number: int, cells: Row) -> None:
        column, index = reader.column, reader.header.index
        value = shown(cells[index]) if index < len(cells) else ""
        where = self.report.warnings if note.doubt else self.report.errors
        where.append(
            CellError(number, reader.header.letter, column.header, value, note.reason, column.field, note.suggestion)
        )

    def _finish(self, batch: list[tuple[int, Row]]) -> Iterator[ParsedRow]:
        rows = self._parse(batch)
        cells_of = {parsed.row: (parsed, cells) for parsed, (_number, cells) in zip(rows, batch, strict=True)}
        for parsed, cells in cells_of.values():
            self._add(self._row_findings(parsed), parsed, cells)
        for check in self._checks:
            for finding in check(rows):
                self._add((finding,), *cells_of[finding.row])
        self.report.rows += len(rows)
        self.report.bad_rows += sum(not parsed.good for parsed in rows)
        yield from rows

    def _row_findings(self, parsed: ParsedRow) -> Iterator[Finding]:
        for group in self.table.one_of:
            if parsed.good and all(parsed.values[name] is None for name in group):
                headers = " / ".join(self.table.by_field[name].header for name in group)
                yield Finding(group[0], reason(_("Fill in %(header)s."), header=headers))
        for check in self.table.row_checks:
            yield from check(parsed.values)

    def _add(self, findings: Iterable[Finding], parsed: ParsedRow, cells: Row) -> None:
        for finding in findings:
            header = self._assigned.get(finding.field)
            column = self.table.by_field.get(finding.field)
            cell: Cell = cells[header.index] if header is not None and header.index < len(cells) else ""
            error = CellError(
                parsed.row,
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
                parsed.good = False
                self.report.errors.append(error)

    def _tell(self, done: int) -> None:
        if self._progress is not None:
            self._progress(min(done, self.sheet.row_count), self.sheet.row_count)
