"""The dry run: read every row, and report every bad cell in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from agency.reasons import Reason, _, reason

from .cells import BrokenFormula, Cell, Row, is_error_text, shown
from .columns import Column, Finding, Table, Values
from .furniture import why_no_data
from .headers import HeaderRow
from .kinds import BadCell, Kind
from .mapping import Mapping
from .reading import Sheet, is_blank

BATCH = 1000
# Distinct cells of a column that are remembered; a column with more holds names or numbers, which do not repeat.
REMEMBERED = 2000


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


@dataclass(slots=True)
class _Reader:
    """One assigned column, with what the inner loop needs at hand."""

    column: Column
    kind: Kind
    index: int
    letter: str
    seen: dict[Any, int]
    # What cells of this column were read as without a doubt: clients, posts and dates repeat for thousands of rows.
    known: dict[tuple[type, Cell], Any]


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
            _Reader(column, column.kind, header.index, header.letter, {}, {})
            for column in table.columns
            if (header := mapping.assigned.get(column.field)) is not None
        ]
        self._assigned = mapping.assigned
        self._blank: Values = {column.field: None for column in table.columns}

    def __iter__(self) -> Iterator[ParsedRow]:
        self.report = Report()
        for reader in self._readers:
            reader.seen.clear()
            reader.known.clear()
        batch: list[tuple[ParsedRow, Row]] = []
        for number, cells in self.sheet.rows():
            if number <= self.headers.row:
                continue
            if is_blank(cells):
                self.report.blank_rows += 1
            elif (why := why_no_data(cells, self.headers)) is not None:
                self.report.skipped.append((number, why))
            else:
                batch.append((self._parse(number, cells), cells))
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

    def _parse(self, number: int, cells: Row) -> ParsedRow:
        values = self._blank.copy()
        parsed = ParsedRow(number, values)
        width = len(cells)
        for reader in self._readers:
            cell = cells[reader.index] if reader.index < width else ""
            if cell == "" and not reader.column.required:
                continue
            key = (cell.__class__, cell)
            if key in reader.known:
                values[reader.column.field] = reader.known[key]
                continue
            try:
                values[reader.column.field] = self._read(reader, cell, number)
            except BadCell as bad:
                parsed.good = False
                self._note(self.report.errors, reader, number, cell, bad.reason, bad.suggestion)
        return parsed

    def _read(self, reader: _Reader, cell: Cell, number: int) -> Any:
        if isinstance(cell, str):
            text = cell.strip()
            if not text or text in reader.kind.nothing:
                if reader.column.required:
                    raise BadCell(reason(_("Fill in %(header)s."), header=reader.column.header))
                return None
            if text[0] == "#" and is_error_text(text):
                raise broken(text)
        elif isinstance(cell, BrokenFormula):
            raise broken(cell.error)
        value, doubts = reader.kind.judge(cell)
        for doubt in doubts:
            self._note(self.report.warnings, reader, number, cell, doubt)
        if reader.column.unique and value is not None:
            first = reader.seen.setdefault(value, number)
            if first != number:
                raise BadCell(
                    reason(
                        _("The same %(header)s as in row %(row)d. Keep one of the two."),
                        header=reader.column.header,
                        row=first,
                    )
                )
        elif not doubts and not reader.kind.personal and len(reader.known) < REMEMBERED:
            reader.known[cell.__class__, cell] = value
        return value

    def _note(
        self, where: list[CellError], reader: _Reader, row: int, cell: Cell, why: Reason, suggestion: str = ""
    ) -> None:
        column = reader.column
        where.append(CellError(row, reader.letter, column.header, shown(cell), why, column.field, suggestion))

    def _finish(self, batch: list[tuple[ParsedRow, Row]]) -> Iterator[ParsedRow]:
        cells_of = {parsed.row: (parsed, cells) for parsed, cells in batch}
        for parsed, cells in batch:
            self._add(self._row_findings(parsed), parsed, cells)
        for check in self._checks:
            for finding in check([parsed for parsed, _cells in batch]):
                self._add((finding,), *cells_of[finding.row])
        for parsed, _cells in batch:
            self.report.rows += 1
            self.report.bad_rows += not parsed.good
            yield parsed

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


def broken(error: str) -> BadCell:
    """Say what is wrong with a formula that has no value."""
    if error:
        return BadCell(reason(_("The formula gives %(error)s. Mend it, or type the value."), error=error))
    return BadCell(
        reason(_("This formula was never computed. Open the file in Excel or WPS, save it, upload it again."))
    )
