"""Three people who do not exist, to look at a layout with before anybody is paid by it."""

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from payroll.files.batches import amount_in_words
from payroll.files.bureau_lists import BureauList
from payroll.files.fields import in_order
from payroll.files.layouts import Layout, file_name
from payroll.files.problems import find
from payroll.files.writing import as_text, write

NAMES = ("张三", "李思思", "欧阳春晓")
NAME_FIELDS = ("holder", "name")
_DAYS = {"born_on", "joined_on", "left_on", "contract_from", "contract_to", "effective_on"}
_SAID: dict[str, str] = {
    "bank": "工商银行苏州工业园区支行", "purpose": "工资2026年10月", "agency": "样例人力资源有限公司",
    "client": "样例电子", "pay_date_plain": "20261113", "document_type": "居民身份证",
    "nationality": "中国", "sex": "女",
    "employment_type": "雇员", "basic_deduction": "是", "hukou": "农村", "city": "苏州", "insurances": "养老、医疗",
    "employment": "劳务派遣", "income_item": "其他连续劳务报酬所得",
    "reason": "新参保", "remark": "", "first_year": "", "left_on": "",
}  # fmt: skip


@dataclass(frozen=True)
class Preview:
    """A file as it would be: its name, head and rows as text, for text files the file itself, and what is wrong."""

    name: str
    heads: list[str]
    rows: list[list[str]]
    text: str
    problems: list[str]


def preview(layout: Layout) -> Preview:
    """Write three invented rows by a layout."""
    records = [_record(layout, serial) for serial in range(1, len(NAMES) + 1)]
    rows = list(in_order(layout, records))
    total = sum(record.get("amount_fen") or record.get("income_fen") or 0 for record in records)
    summary = {
        "agency": _SAID["agency"], "client": _SAID["client"], "month": "2026-10", "tax_month": "2026-11",
        "city": "苏州", "batch": 1, "count": len(rows), "total_fen": total, "total_words": amount_in_words(total),
        "pay_date_plain": _SAID["pay_date_plain"],
    }  # fmt: skip
    name_field = next((field for field in NAME_FIELDS if field in layout.fields), layout.fields[0])
    problems = [str(problem) for problem in find(layout, rows, name_field)]
    shown = [
        [column.text or as_text(value, column.style) for column, value in zip(layout.columns, row, strict=True)]
        for row in rows
    ]
    heads = [column.header for column in layout.columns]
    return Preview(file_name(layout, summary), heads, shown, _text(layout, rows, summary, problems), problems)


def bureau_preview(found: BureauList) -> Preview:
    """Write three invented people as a bureau's list says it writes them."""
    heads = [texts[0] for texts in found.headers.values()]
    rows = [[_told(field, serial) for field in found.headers] for serial in range(1, len(NAMES) + 1)]
    return Preview("", heads, rows, "", [])


def _told(field: str, serial: int) -> str:
    said = {
        "name": NAMES[serial - 1], "identity_number": f"32050019900101000{serial}", "month": "2026-10",
        "insurance": "企业职工基本养老保险", "insured": "正常参保", "paid": "已缴",
    }  # fmt: skip
    return said.get(field) or as_text(50_000 * serial if field != "base_fen" else 500_000, "money")


def _text(layout: Layout, rows: list[list[Any]], summary: dict[str, Any], problems: list[str]) -> str:
    if layout.kind == "xlsx":
        return ""
    if problems:
        return _("Mend what is named above, then the file shows here.")
    target = io.BytesIO()
    write(layout, rows, summary, target)
    return target.getvalue().decode(layout.encoding)


def _record(layout: Layout, serial: int) -> dict[str, Any]:
    return {field: _value(field, serial) for field in layout.fields if field}


def _value(field: str, serial: int) -> Any:
    if field == "serial":
        return serial
    if field in NAME_FIELDS:
        return NAMES[serial - 1]
    if field.endswith("_fen"):
        return 345_678 * serial
    if field == "fund_rate":
        return 50_000
    if field in _SAID:
        return _SAID[field]
    if field in _DAYS:
        return str(dt.date(2026, 10, serial))
    digits = {"account": "622200000000000000", "document_number": "32050019900101000", "phone": "1380000000"}
    return f"{digits.get(field, '000')}{serial}"
