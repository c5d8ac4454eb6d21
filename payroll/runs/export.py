"""A run as a workbook: every payslip, and a last row whose sums add up."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from agency.spreadsheets.writing import ExportColumn, ExportSheet, write_workbook
from payroll.models import PayrollRun

from .sheet_columns import SheetColumn, columns_of, rows_of

_PERSON = (
    ExportColumn("工号", "text", 10),
    ExportColumn("姓名", "text", 12),
    ExportColumn("地点岗位", "text", 20),
)


def export_run(run: PayrollRun, target: BinaryIO) -> int:
    """Write a run to an .xlsx and return the number of payslips; texts never become formulas."""
    columns = columns_of(run)
    heads = (*_PERSON, *map(head_of, columns))
    return write_workbook(target, [ExportSheet(f"{run.period} 工资", heads, _rows(run, columns))]) - 1


def hundredths(value: int) -> Decimal:
    return Decimal(value).scaleb(-2)


def head_of(column: SheetColumn) -> ExportColumn:
    return ExportColumn(column.header, "number", 10) if column.is_count else ExportColumn(column.header, "money", 13)


def _rows(run: PayrollRun, columns: tuple[SheetColumn, ...]) -> Iterator[list[Any]]:
    sums, people = [0] * len(columns), 0
    for row in rows_of(run, columns):
        sums = [total + value for total, value in zip(sums, row.values, strict=True)]
        people += 1
        yield [row.number, row.name, row.place, *cells_of(columns, row.values)]
    yield ["合计", f"{people} 人", "", *cells_of(columns, sums)]


def cells_of(columns: tuple[SheetColumn, ...], values: list[int]) -> Iterator[Any]:
    for column, value in zip(columns, values, strict=True):
        yield hundredths(value) if column.is_count else value
