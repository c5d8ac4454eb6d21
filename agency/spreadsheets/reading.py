"""Rows of a sheet, one by one, whatever kind of file they come from."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from agency.reasons import _, reason

from .cells import BrokenFormula, Cell, Row
from .inspection import inspect_xls, inspect_xlsx
from .ole import workbook_stream
from .opening import OpenedFile
from .refusals import Refused, macros, truncated
from .texts import read_text_rows

_BUSY = 20_000  # More merged areas than this are decoration, and cost more than they tell.


@dataclass(slots=True)
class Sheet:
    """One sheet, in memory in compact form; `rows()` may be called again and again."""

    name: str
    row_count: int
    opened: OpenedFile = field(repr=False)
    loaded: CalamineSheet | None = field(default=None, repr=False)
    broken: dict[tuple[int, int], BrokenFormula] = field(default_factory=dict, repr=False)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield (row number as the sheet shows it, cells from column A on), blank rows included.

        A cell merged over several rows of one column holds its value in each of them.
        """
        if self.loaded is None:
            for number, texts in enumerate(read_text_rows(self.opened.file, self.opened.encoding or "utf-8-sig"), 1):
                if number > self.opened.limits.rows:
                    raise _too_long(self.opened.limits.rows)
                yield number, texts  # type: ignore[misc]
            return
        yield from self._calamine_rows(self.loaded)

    def _calamine_rows(self, loaded: CalamineSheet) -> Iterator[tuple[int, Row]]:
        if not loaded.merged_cell_ranges and not self.broken and not (loaded.start and loaded.start[1]):
            yield from enumerate(loaded.iter_rows(), 1)
            return
        indent: Row = [""] * (loaded.start[1] if loaded.start else 0)
        broken_rows = {row for row, _column in self.broken}
        merged = self._merged_downwards(loaded)
        carried: dict[int, tuple[int, Cell]] = {}
        for index, cells in enumerate(loaded.iter_rows()):
            row: Row = [*indent, *cells]
            if index in broken_rows:
                self._restore(index, row)
            if carried:
                _carry(index, row, carried)
            for column, last in merged.get(index, ()):
                if column < len(row):
                    carried[column] = (last, row[column])
            yield index + 1, row

    def _restore(self, index: int, row: Row) -> None:
        for column in range(len(row)):
            if (formula := self.broken.get((index, column))) is not None:
                row[column] = formula

    def _merged_downwards(self, loaded: CalamineSheet) -> dict[int, list[tuple[int, int]]]:
        areas = loaded.merged_cell_ranges or []
        downwards: dict[int, list[tuple[int, int]]] = {}
        if len(areas) <= _BUSY:
            for (top, left), (bottom, right) in areas:
                if bottom > top and left == right:
                    downwards.setdefault(top, []).append((left, bottom))
        return downwards


def _carry(index: int, row: Row, carried: dict[int, tuple[int, Cell]]) -> None:
    for column, (last, value) in list(carried.items()):
        if index > last:
            del carried[column]
        elif row[column] == "":
            row[column] = value


def sheet_names(opened: OpenedFile) -> list[str]:
    """Return the visible sheets that can hold a table, in the order of the workbook."""
    if opened.kind == "csv":
        return [""]
    with _workbook(opened) as workbook:
        kinds = [sheet.typ for sheet in workbook.sheets_metadata]
        if SheetTypeEnum.MacroSheet in kinds or SheetTypeEnum.Vba in kinds:
            raise macros()
        return [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]


def load_sheet(opened: OpenedFile, name: str) -> Sheet:
    """Load one sheet; raise Refused when it is damaged or its area in use is too large."""
    if opened.kind == "csv":
        return Sheet("", sum(1 for _row in Sheet("", 0, opened).rows()), opened)
    with _workbook(opened) as workbook:
        if opened.archive is not None:
            inspection = inspect_xlsx(opened.archive, name, opened.limits)
        else:
            position = workbook.sheet_names.index(name)
            inspection = inspect_xls(workbook_stream(opened.file), position, opened.limits)
        with _parsing():
            loaded = workbook.get_sheet_by_name(name)
    return Sheet(name, loaded.end[0] + 1 if loaded.end else 0, opened, loaded, inspection.broken)


@contextlib.contextmanager
def _workbook(opened: OpenedFile) -> Iterator[CalamineWorkbook]:
    opened.file.seek(0)
    with _parsing():
        workbook = CalamineWorkbook.from_filelike(opened.file)
    try:
        yield workbook
    finally:
        workbook.close()


@contextlib.contextmanager
def _parsing() -> Iterator[None]:
    try:
        yield
    except PasswordError:
        raise Refused(reason(_("This sheet is locked. Save the file without a password."))) from None
    except (CalamineError, ValueError, OSError):
        raise truncated() from None
    except BaseException as error:
        # The Rust reader panics on some mangled files, and its panic is deliberately no Exception.
        if type(error).__name__ == "PanicException":
            raise truncated() from None
        raise


def _too_long(rows: int) -> Refused:
    return Refused(reason(_("The table has more than %(rows)d rows. Split it into several files."), rows=rows))


def is_blank(row: list[Any]) -> bool:
    """Tell whether no cell of the row holds anything but spaces."""
    return not any(cell != "" and not (isinstance(cell, str) and not cell.strip()) for cell in row)
