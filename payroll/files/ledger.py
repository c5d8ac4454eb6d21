"""The wage ledger of a run: what the law wants kept and shown to each worker.

Fields: Regulation on Wages of Migrant Workers 15; a personal list for each worker: Wage Payment Rules 6.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from agency.spreadsheets.writing import ExportColumn, ExportSheet, write_workbook
from payroll.models import BankLine, PayrollRun, Payslip, WriteOff
from payroll.runs.export import cells_of, head_of
from payroll.runs.sheet_columns import SheetColumn, columns_of, rows_of
from payroll.schemes.write_offs import given_up_of
from workers.models import Worker

# Headers are the file's format and are not translated.
_PERSON = (
    ExportColumn("用人单位", "text", 24),
    ExportColumn("用工单位", "text", 24),
    ExportColumn("工资所属月份", "text", 10),
    ExportColumn("发放日期", "text", 14),
    ExportColumn("工号", "text", 10),
    ExportColumn("姓名", "text", 12),
    ExportColumn("身份证号", "text", 22),
    ExportColumn("联系电话", "text", 16),
)
_PROOF = (
    ExportColumn("收款账号末四位", "text", 10),
    ExportColumn("发放结果", "text", 12),
    ExportColumn("本人签字", "text", 16),
)
_GIVEN_UP = (ExportColumn("公司垫付核销", "money", 14), ExportColumn("核销原因", "text", 24))
RESULTS = {"open": "已送银行", "paid": "已到账", "failed": "被退回"}


def write_ledger(run: PayrollRun, target: Path | BinaryIO) -> int:
    """Write the ledger of an approved run, own items in columns of their own; return its workers.

    What was given up of the month's advances stands beside, with the reason.
    """
    columns, given_up = columns_of(run), given_up_of(run)
    heads = (*_PERSON, *map(head_of, columns), *(_GIVEN_UP if given_up else ()), *_PROOF)
    return write_workbook(target, [ExportSheet(f"{run.period} 工资台账", heads, _rows(run, columns, given_up))])


def _rows(run: PayrollRun, columns: tuple[SheetColumn, ...], given_up: dict[int, WriteOff]) -> Iterator[list[Any]]:
    workers = Worker.objects.filter(pk__in=Payslip.objects.filter(run=run).values("worker")).in_bulk()
    lines = {line.worker_id: line for line in BankLine.objects.filter(run=run).exclude(state="dropped").order_by("pk")}
    for row in rows_of(run, columns):
        worker, line = workers[row.worker], lines.get(row.worker)
        yield [
            str(run.agency), run.client.name, run.period, str(run.pay_date), row.number, row.name,
            worker.identity_number, worker.phone,
            *cells_of(columns, row.values),
            *(_given_up(given_up.get(row.worker)) if given_up else ()),
            line.account[-4:] if line else "", RESULTS[line.state] if line else "", "",
        ]  # fmt: skip


def _given_up(found: WriteOff | None) -> tuple[Any, str]:
    return (found.debt.amount_fen, found.source) if found else (None, "")
