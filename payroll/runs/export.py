"""A run as a workbook: every payslip, and a last row whose sums add up."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from django.db.models import QuerySet

from agency.spreadsheets.writing import ExportColumn, ExportSheet, write_workbook
from payroll.models import PayrollRun, Payslip

# Headers are the file's format, as the clients' own sheets have them, and are not translated.
AMOUNTS = (
    ("基本工资", "base_fen", 1),
    ("缺勤扣款", "absence_fen", -1),
    ("平日加班费", "overtime_weekday_fen", 1),
    ("周末加班费", "overtime_rest_day_fen", 1),
    ("节日加班费", "overtime_holiday_fen", 1),
    ("补贴", "allowances_fen", 1),
    ("应发", "gross_fen", 1),
    ("养老保险", "employee_pension_fen", -1),
    ("医疗保险", "employee_medical_fen", -1),
    ("失业保险", "employee_unemployment_fen", -1),
    ("公积金", "employee_fund_fen", -1),
    ("补缴", "employee_adjustment_fen", -1),
    ("个税", "tax_fen", -1),
    ("其他扣款", "deducted_fen", -1),
    ("实发", "net_fen", 1),
    ("单位社保", "employer_social_fen", 1),
    ("单位公积金", "employer_fund_fen", 1),
    ("单位补缴", "employer_adjustment_fen", 1),
    ("用工成本", "employer_cost_fen", 1),
)
COUNTS = (
    ("出勤天", "attended_x100"),
    ("平日加班小时", "overtime_weekday_x100"),
    ("周末加班小时", "overtime_rest_day_x100"),
    ("节日加班小时", "overtime_holiday_x100"),
)
COLUMNS = (
    ExportColumn("工号", "text", 10),
    ExportColumn("姓名", "text", 12),
    ExportColumn("地点岗位", "text", 20),
    *(ExportColumn(header, "number", 10) for header, _name in COUNTS),
    *(ExportColumn(header, "money", 13) for header, _name, _sign in AMOUNTS),
)
FIELDS = ("employee_no", "name", "place", "inputs", *(name for _header, name, _sign in AMOUNTS))


def export_run(run: PayrollRun, target: BinaryIO) -> int:
    """Write a run to an .xlsx and return the number of payslips; texts never become formulas."""
    slips = Payslip.objects.filter(run=run).order_by("name_pinyin", "pk").values_list(*FIELDS)
    sheet = ExportSheet(f"{run.period} 工资", COLUMNS, _rows(slips))
    return write_workbook(target, [sheet]) - 1


def hundredths(value: int) -> Decimal:
    return Decimal(value).scaleb(-2)


def _rows(slips: QuerySet[Any, Any]) -> Iterator[list[Any]]:
    counts, sums, people = [0] * len(COUNTS), [0] * len(AMOUNTS), 0
    for number, name, place, inputs, *amounts in slips.iterator(chunk_size=2000):
        worked = [max(inputs.get(key, 0), 0) for _header, key in COUNTS]
        signed = [amount * sign for amount, (_header, _name, sign) in zip(amounts, AMOUNTS, strict=True)]
        counts = [total + value for total, value in zip(counts, worked, strict=True)]
        sums = [total + value for total, value in zip(sums, signed, strict=True)]
        people += 1
        yield [number, name, place, *map(hundredths, worked), *signed]
    yield ["合计", f"{people} 人", "", *map(hundredths, counts), *sums]
