"""Write rows by a layout: a workbook, a separated text or lines of fixed width. Nothing becomes a formula.

Rows are sequences of values in the order of the layout's columns (what stands under a constant is not looked at);
money is whole fen, a rate millionths. Rows stream: a file of any length needs the memory of one row.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from agency.spreadsheets.writing import harmless, new_workbook

from .layouts import Cell, Column, Layout, Line, filled

Row = Sequence[Any]
Summary = Mapping[str, Any]
_FORMATS = {"text": "@", "money": "0.00", "fen": "0", "integer": "0", "percent": "0.00%"}


def write(layout: Layout, rows: Iterable[Row], summary: Summary, target: Path | BinaryIO) -> int:
    """Write a file and return the number of rows of data.

    Call `problems.find` before: text that does not fit a column or an encoding raises `UnicodeEncodeError` or
    `ValueError` here rather than being lost.
    """
    if layout.kind == "xlsx":
        return write_workbook([(layout, rows)], summary, target)
    if isinstance(target, Path):
        with target.open("wb") as file:
            return _write_text(layout, rows, summary, file)
    return _write_text(layout, rows, summary, target)


def write_workbook(sheets: Iterable[tuple[Layout, Iterable[Row]]], summary: Summary, target: Path | BinaryIO) -> int:
    """Write several layouts as the sheets of one workbook and return the number of rows in all."""
    with new_workbook(target) as workbook:
        formats = {name: workbook.add_format({"num_format": code}) for name, code in _FORMATS.items()}
        formats["head"] = workbook.add_format({"bold": True, "num_format": "@"})
        return sum(_write_sheet(workbook, formats, layout, rows, summary) for layout, rows in sheets)


def _write_sheet(
    workbook: Any, formats: Mapping[str, Any], layout: Layout, rows: Iterable[Row], summary: Summary
) -> int:
    page = workbook.add_worksheet(layout.sheet)
    top = 0
    for line in layout.before:
        _write_line(page, top, line, summary, formats)
        top += 1
    for index, column in enumerate(layout.columns):
        page.set_column(index, index, column.width)
        if layout.header:
            page.write_string(top, index, column.header, formats["head"])
    top += layout.header
    cells = tuple(
        (index, *_cell_writer(page, column), formats[column.style], column.text)
        for index, column in enumerate(layout.columns)
    )
    count = 0
    for place, row in enumerate(rows, start=top):
        for (index, put, value_of, look, constant), value in zip(cells, row, strict=True):
            if constant or (value is not None and value != ""):
                put(place, index, constant or value_of(value), look)
        count += 1
    for place, line in enumerate(layout.after, start=top + count):
        _write_line(page, place, line, summary, formats)
    return count


def _cell_writer(page: Any, column: Column) -> tuple[Callable[..., Any], Callable[[Any], Any]]:
    if column.style == "text":
        return page.write_string, str
    return page.write_number, {"money": _yuan, "percent": _fraction}.get(column.style, int)


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _fraction(millionths: int) -> Decimal:
    return Decimal(millionths).scaleb(-6)


def _write_line(page: Any, place: int, line: Line, summary: Summary, formats: Mapping[str, Any]) -> None:
    for index, cell in enumerate(line):
        if cell.field:
            value = summary[cell.field]
            page.write_number(place, index, _yuan(value) if cell.style == "money" else value, formats[cell.style])
        elif cell.text:
            page.write_string(place, index, filled(cell.text, summary), formats["text"])


def _write_text(layout: Layout, rows: Iterable[Row], summary: Summary, target: BinaryIO) -> int:
    text = io.TextIOWrapper(target, encoding=layout.encoding, newline="", write_through=True)
    line_of = _fixed_line if layout.kind == "fixed" else _separated_line
    plain = [(column.text, column.style) for column in layout.columns]
    try:
        for line in layout.before:
            text.write(_joined(layout, [_cell_text(cell, summary) for cell in line]))
        if layout.header:
            heads = [column.header for column in layout.columns]
            text.write(_joined(layout, [layout.header_prefix + heads[0], *heads[1:]]))
        count = 0
        for row in rows:
            values = [constant or as_text(value, style) for (constant, style), value in zip(plain, row, strict=True)]
            text.write(line_of(layout, values))
            count += 1
        for line in layout.after:
            text.write(_joined(layout, [_cell_text(cell, summary) for cell in line]))
        text.flush()
    finally:
        text.detach()  # the file stays open for its owner
    return count


def as_text(value: Any, style: str) -> str:
    """Return a value as a text file holds it: yuan with two decimals, whole fen, a rate as a fraction."""
    if value is None or value == "":
        return ""
    if style == "money":
        return f"{_yuan(value):.2f}"
    if style == "percent":
        return f"{_fraction(value):f}"
    return str(value)


def fixed(text: str, column: Column, encoding: str) -> bytes:
    """Return a value padded to its column's bytes. Raises `ValueError` when it is longer."""
    body = text.encode(encoding)
    if len(body) > column.width:
        raise ValueError(f"{column.header}: {text!r} has {len(body)} bytes, the column {column.width}")
    fill = column.pad.encode()
    return body.rjust(column.width, fill) if column.align == "right" else body.ljust(column.width, fill)


def _fixed_line(layout: Layout, values: list[str]) -> str:
    line = b"".join(fixed(v, column, layout.encoding) for v, column in zip(values, layout.columns, strict=True))
    return line.decode(layout.encoding) + layout.newline


def _separated_line(layout: Layout, values: list[str]) -> str:
    styled = zip(values, layout.columns, strict=True)
    return _joined(layout, [harmless(value) if column.style == "text" else value for value, column in styled])


def _joined(layout: Layout, values: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=layout.separator, lineterminator=layout.newline).writerow(values)
    return buffer.getvalue()


def _cell_text(cell: Cell, summary: Summary) -> str:
    return as_text(summary[cell.field], cell.style) if cell.field else filled(cell.text, summary)
