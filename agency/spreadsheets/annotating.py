"""Give the uploaded table back with the bad cells marked and what to change beside them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from agency.reasons import _, reason

from .cells import Row, column_index, shown
from .checking import CellError, Report
from .mapping import ANNOTATION_HEADER, SOURCE_ROW_HEADER
from .uploads import Upload
from .writing import new_workbook

# A note in a cell costs about a kilobyte of memory; beyond these the column of reasons has to do.
MOST_NOTES = 2000


def annotate(upload: Upload, report: Report, target: Path | BinaryIO, *, only_bad_rows: bool = False) -> None:
    """Write the rows of the upload to an .xlsx with bad cells in red, doubtful ones in yellow.

    A last column says what to change; a second sheet lists every problem. Rows keep their numbers, or, with
    `only_bad_rows`, only rows with problems follow the headers, with the number they had. The result can be
    corrected and uploaded as it is. Writes row by row, in constant memory but for the problems.
    """
    problems: defaultdict[int, list[tuple[CellError, bool]]] = defaultdict(list)
    for error in report.errors:
        problems[error.row].append((error, True))
    for warning in report.warnings:
        problems[warning.row].append((warning, False))
    with new_workbook(target) as workbook:
        _Annotated(workbook, upload, problems, only_bad_rows).write()
        _write_list(workbook, report)


class _Annotated:
    def __init__(
        self,
        workbook: xlsxwriter.Workbook,
        upload: Upload,
        problems: dict[int, list[tuple[CellError, bool]]],
        only_bad_rows: bool,
    ) -> None:
        self.upload, self.problems, self.only_bad_rows = upload, problems, only_bad_rows
        # Sheet names are limited to 31 characters, none of []:*?/\; the original may come from a .csv.
        self.sheet = workbook.add_worksheet("".join(c for c in upload.sheet.name if c not in "[]:*?/\\'")[:31] or None)
        self.width = max(header.index for header in upload.headers.headers) + 1
        self.notes = 0
        red = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 1, "border_color": "#9C0006"}
        self.formats = {
            "bad": workbook.add_format(red),
            "doubt": workbook.add_format({"bg_color": "#FFEB9C", "font_color": "#7F6000"}),
            "reason": workbook.add_format({"font_color": "#9C0006", "text_wrap": True}),
            "header": workbook.add_format({"bold": True, "bg_color": "#E7EEF5"}),
        }
        self.dates = workbook.add_format({"num_format": "yyyy-mm-dd"})

    def write(self) -> None:
        self.sheet.set_column(0, self.width - 1, 16)
        self.sheet.set_column(self.width, self.width, 60)
        header_row = self.upload.headers.row
        line = 0
        for number, cells in self.upload.sheet.rows():
            found = self.problems.get(number, [])
            if self.only_bad_rows and number != header_row and not found:
                continue
            self._row(line if self.only_bad_rows else number - 1, number, cells, found)
            line += 1
        self.sheet.freeze_panes(1 if self.only_bad_rows else header_row, 0)

    def _row(self, line: int, number: int, cells: Row, found: list[tuple[CellError, bool]]) -> None:
        is_header = number == self.upload.headers.row
        marks: dict[int, list[tuple[CellError, bool]]] = defaultdict(list)
        for error, serious in found:
            if error.column:
                marks[column_index(error.column)].append((error, serious))
        for index in range(max(len(cells), self.width)):
            cell = cells[index] if index < len(cells) else ""
            style = self.formats["header"] if is_header else None
            if index in marks:
                style = self.formats["bad" if any(serious for _error, serious in marks[index]) else "doubt"]
                self._note(line, index, marks[index])
            self._cell(line, index, cell, style)
        if is_header:
            self.sheet.write_string(line, self._reasons_at(), ANNOTATION_HEADER, self.formats["header"])
            if self.only_bad_rows:
                self.sheet.write_string(line, self._reasons_at() + 1, SOURCE_ROW_HEADER, self.formats["header"])
        elif found:
            self.sheet.write_string(line, self._reasons_at(), said(found), self.formats["reason"])
            if self.only_bad_rows:
                self.sheet.write_number(line, self._reasons_at() + 1, number)

    def _reasons_at(self) -> int:
        """Return the column of reasons: the one of an earlier round, or the first behind the table."""
        for header in self.upload.headers.headers:
            if header.text == ANNOTATION_HEADER:
                return header.index
        return self.width

    def _cell(self, line: int, index: int, cell: Any, style: Any) -> None:
        if cell == "":
            if style is not None:
                self.sheet.write_blank(line, index, None, style)
        elif isinstance(cell, bool):
            self.sheet.write_boolean(line, index, cell, style)
        elif isinstance(cell, int | float):
            self.sheet.write_number(line, index, cell, style)
        elif isinstance(cell, dt.date):
            # Marked dates are shown as text: one format cannot carry both the mark and a date style.
            self.sheet.write_string(line, index, shown(cell), style) if style else self.sheet.write_datetime(
                line, index, cell, self.dates
            )
        else:
            self.sheet.write_string(line, index, shown(cell), style)

    def _note(self, line: int, index: int, found: list[tuple[CellError, bool]]) -> None:
        if self.notes < MOST_NOTES:
            self.notes += 1
            self.sheet.write_comment(line, index, "\n".join(str(error.reason) for error, _serious in found))


def said(found: list[tuple[CellError, bool]]) -> str:
    """Return the problems of one row as one text, each with its header."""
    return "\n".join(f"{error.header}: {error.reason}".removeprefix(": ") for error, _serious in found)


def _write_list(workbook: xlsxwriter.Workbook, report: Report) -> None:
    sheet = workbook.add_worksheet(str(reason(_("Problems"))))
    sheet.set_column(0, 1, 8)
    sheet.set_column(2, 3, 22)
    sheet.set_column(4, 4, 70)
    sheet.write_string(
        0,
        0,
        str(
            reason(
                _("%(rows)d rows read, %(good)d fine, %(bad)d to change."),
                rows=report.rows,
                good=report.good_rows,
                bad=report.bad_rows,
            )
        ),
    )
    heads = (
        _("Row in the sheet"),
        _("Column in the sheet"),
        _("Column header"),
        _("What it says now"),
        _("What to change"),
    )
    for index, head in enumerate(heads):
        sheet.write_string(2, index, str(reason(head)))
    line = 3
    for error in (*report.errors, *report.warnings):
        sheet.write_number(line, 0, error.row)
        for index, text in enumerate((error.column, error.header, error.value, str(error.reason)), start=1):
            sheet.write_string(line, index, text)
        line += 1
