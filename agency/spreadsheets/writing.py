"""Large exports, row by row in constant memory, in which nothing is ever taken for a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Literal

import xlsxwriter

Style = Literal["text", "money", "number", "integer", "percent", "date", "datetime"]

_FORMATS: dict[str, str] = {
    "text": "@",
    "money": "#,##0.00",
    "number": "0.##",
    "integer": "0",
    "percent": "0.00%",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of an export. Values of style `money` are whole fen and are shown in yuan."""

    header: str
    style: Style = "text"
    width: int = 14


@dataclass(frozen=True, slots=True)
class ExportSheet:
    """A sheet: rows are sequences of values in the order of the columns; None is a blank cell."""

    title: str
    columns: tuple[ExportColumn, ...]
    rows: Iterable[Iterable[Any]]


@contextmanager
def new_workbook(target: Path | BinaryIO) -> Iterator[xlsxwriter.Workbook]:
    """Open an .xlsx for writing rows from top to bottom; closed, and complete, at the end of the block."""
    workbook = xlsxwriter.Workbook(
        str(target) if isinstance(target, Path) else target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    try:
        yield workbook
    finally:
        workbook.close()


def write_workbook(target: Path | BinaryIO, sheets: Iterable[ExportSheet]) -> int:
    """Write the sheets to an .xlsx and return the number of rows written, headers not counted."""
    count = 0
    with new_workbook(target) as workbook:
        formats = {name: workbook.add_format({"num_format": code}) for name, code in _FORMATS.items()}
        bold = workbook.add_format({"bold": True, "bg_color": "#E7EEF5"})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.title[:31])
            page.freeze_panes(1, 0)
            for index, column in enumerate(sheet.columns):
                page.set_column(index, index, column.width, formats[column.style])
                page.write_string(0, index, column.header, bold)
            for line, row in enumerate(sheet.rows, start=1):
                for index, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                    _write(page, line, index, value, column.style, formats[column.style])
                count += 1
    return count


def _write(page: Any, line: int, index: int, value: Any, style: Style, cell_format: Any) -> None:
    if value is None or value == "":
        return
    if style == "money":
        page.write_number(line, index, Decimal(value).scaleb(-2), cell_format)
    elif isinstance(value, dt.date | dt.datetime) and style in ("date", "datetime"):
        page.write_datetime(line, index, value, cell_format)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool) and style != "text":
        page.write_number(line, index, value, cell_format)
    else:
        page.write_string(line, index, str(value), cell_format)


def write_csv(columns: Iterable[ExportColumn], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """Yield a UTF-8 .csv that Excel opens as such; a text that would become a formula gets an apostrophe."""
    chosen = tuple(columns)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff".encode()
    writer.writerow(harmless(column.header) for column in chosen)
    for row in rows:
        writer.writerow(_text(value, column.style) for column, value in zip(chosen, row, strict=True))
        if buffer.tell() > 60_000:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula when it reads it from a .csv."""
    return "'" + text if text.startswith(_DANGEROUS) else text


def _text(value: Any, style: Style) -> str:
    if value is None:
        return ""
    if style == "money":
        return f"{Decimal(value).scaleb(-2):.2f}"
    if isinstance(value, int | Decimal | dt.date):
        return str(value)
    return harmless(str(value))
