"""The wage ledger of a run: what the law wants kept and shown to each worker.

Fields: Regulation on Wages of Migrant Workers 15; a personal list for each worker: Wage Payment Rules 6.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from agency.spreadsheets.writing import ExportColumn, ExportSheet, write_workbook
from payroll.models import BankLine, PayrollRun, Payslip
from payroll.runs.export import hundredths
from payroll.runs.sheet_columns import AMOUNTS, COUNTS
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
COLUMNS = (
    *_PERSON,
    *(ExportColumn(header, "number", 10) for header, _name in COUNTS),
    *(ExportColumn(header, "money", 13) for header, _name, _sign in AMOUNTS),
    *_PROOF,
)
RESULTS = {"open": "已送银行", "paid": "已到账", "failed": "被退回"}


def write_ledger(run: PayrollRun, target: Path | BinaryIO) -> int:
    """Write the ledger of an approved run and return its number of workers."""
    return write_workbook(target, [ExportSheet(f"{run.period} 工资台账", COLUMNS, _rows(run))])


def _rows(run: PayrollRun) -> Iterator[list[Any]]:
    slips = Payslip.objects.filter(run=run, errors=0).order_by("name_pinyin", "pk")
    workers = Worker.objects.filter(pk__in=slips.values("worker")).in_bulk()
    lines = {line.worker_id: line for line in BankLine.objects.filter(run=run).exclude(state="dropped").order_by("pk")}
    for slip in slips.iterator(chunk_size=2000):
        worker, line = workers[slip.worker_id], lines.get(slip.worker_id)
        yield [
            str(run.agency), run.client.name, run.period, str(run.pay_date), slip.employee_no, slip.name,
            worker.identity_number, worker.phone,
            *(hundredths(max(slip.inputs.get(key, 0), 0)) for _header, key in COUNTS),
            *(getattr(slip, name) * sign for _header, name, sign in AMOUNTS),
            line.account[-4:] if line else "", RESULTS[line.state] if line else "", "",
        ]  # fmt: skip
