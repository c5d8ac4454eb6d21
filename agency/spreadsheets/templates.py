"""The template to download: headers with notes, drop-down lists, an example, and how to fill it in."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from agency.reasons import _, reason

from .columns import Column, Table
from .furniture import EXAMPLE_MARK
from .mapping import SERIAL_HEADER

LAST_ROW = 5000
_HEADER = PatternFill("solid", fgColor="E7EEF5")
_REQUIRED = PatternFill("solid", fgColor="FFF2CC")
_GREY = Font(color="808080", italic=True)


def build_template(table: Table) -> bytes:
    """Return an .xlsx with the columns of a table; uploading it filled in needs no mapping.

    The first row of data is an example: its first cell begins with 示例, and such rows are passed over. That
    cell stands in a column of its own, so that every other example cell shows a correct value.
    """
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = table.title
    sheet.freeze_panes = "B2"
    marker = sheet.cell(1, 1, SERIAL_HEADER)
    marker.fill, marker.font = _HEADER, Font(bold=True)
    example = sheet.cell(2, 1, EXAMPLE_MARK)
    example.font = _GREY
    for position, column in enumerate(table.columns, start=2):
        _add_column(sheet, position, column)
    _explain(workbook.create_sheet(str(reason(_("How to fill in")))), table)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _add_column(sheet: Worksheet, position: int, column: Column) -> None:
    letter = get_column_letter(position)
    dimension = sheet.column_dimensions[letter]
    dimension.width = max(column.kind.width, 2 * len(column.header) + 4)
    # Set for the whole column: what is typed into a column of texts stays what was typed.
    dimension.number_format = column.kind.number_format
    header = sheet.cell(1, position, column.header + ("*" if column.required else ""))
    header.font = Font(bold=True)
    header.fill = _REQUIRED if column.required else _HEADER
    header.alignment = Alignment(horizontal="center")
    header.comment = Comment(explain(column), "", width=280, height=120)
    example = sheet.cell(2, position, column.example)
    example.number_format = "@"
    example.font = _GREY
    words = column.kind.choices()
    # Excel takes at most 255 characters of choices written out.
    if words and len(",".join(words)) <= 250:
        validation = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        validation.error = str(column.kind.hint())
        validation.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(validation)


def explain(column: Column) -> str:
    """Return what to write into a column, as its note says it."""
    parts = [str(reason(_("Required."))) if column.required else str(reason(_("May stay empty.")))]
    parts.append(str(column.kind.hint()))
    if column.note:
        parts.append(column.note)
    return "\n".join(parts)


def _explain(sheet: Worksheet, table: Table) -> None:
    sheet.append([str(reason(text)) for text in (_("Column header"), _("Required"), _("What to write"), _("Example"))])
    for column in table.columns:
        required = str(reason(_("Required"))) if column.required else ""
        what = " ".join(part for part in (str(column.kind.hint()), column.note) if part)
        sheet.append([column.header, required, what, column.example])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (20, 8, 60, 24), strict=True):
        sheet.column_dimensions[letter].width = width
