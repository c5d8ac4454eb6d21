"""The columns of a bureau's list, read from data: a city's headers are data there, not code here."""

import datetime as dt
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from agency.periods import Period
from agency.spreadsheets.columns import Column, Table
from agency.spreadsheets.headers import normalised
from agency.spreadsheets.kinds import Choice, IdentityNumberText, Kind, Money, Month, Text
from payroll.files.bureau_lists import BureauList, read_bureau_list
from payroll.files.installing import ensure_layouts
from payroll.models import FileLayout

DATA = Path(__file__).parent / "data" / "bureau_list.json"
INSURED = {
    True: ("正常参保", "参保", "在保", "正常", "正常缴费", "参保缴费", "新参保", "续保", "增员", "转入", "增"),
    False: ("停保", "暂停缴费", "暂停参保", "中断", "减员", "终止参保", "转出", "退休", "减"),
}
PAID = {
    True: ("已缴", "已缴费", "已到账", "到账", "已实缴", "是", "足额到账"),
    False: ("未缴", "未缴费", "未到账", "欠费", "欠缴", "否"),
}


@cache
def bureau_table() -> Table:
    """Return what a bureau's member list or monthly report holds, by headers seen anywhere."""
    columns = json.loads(DATA.read_text(encoding="utf-8"))["columns"]
    return Table("bureau_list", "参保名单", tuple(map(_column, columns)))


def layout_of(city: str, on: dt.date) -> FileLayout | None:
    """Return a city's own layout in force on a day."""
    ensure_layouts()
    return FileLayout.objects.valid_on(on).filter(purpose=FileLayout.Purpose.BUREAU_LIST, city=city).first()


def table_of(context: dict[str, Any]) -> Table:
    """Return the table as the bureau of an upload's city writes it in the month of the list."""
    row = layout_of(city_of(context), Period.parse(context["period"]).last_day)
    return bureau_table() if row is None else as_written(read_bureau_list(row.spec), settled=not row.provisional)


def as_written(found: BureauList, *, settled: bool) -> Table:
    """Return the table with a city's own headers before those seen anywhere; theirs mean what the city says."""
    own = {normalised(text): name for name, texts in found.headers.items() for text in texts}
    columns = []
    for column in bureau_table().columns:
        known = (column.header, *column.synonyms)
        others = [text for text in known if own.get(normalised(text), column.field) == column.field]
        texts = (*others[:1], *found.headers.get(column.field, ()), *others[1:])
        unique = column.unique and not found.by_insurance
        columns.append(replace(column, header=texts[0], synonyms=texts[1:], unique=unique))
    return replace(bureau_table(), columns=tuple(columns), titles=found.titles, settled=settled)


def city_of(context: dict[str, Any]) -> str:
    """Return the city of an upload as it stands everywhere else, without 市."""
    return context["city"].strip().removesuffix("市")


def _column(row: dict[str, Any]) -> Column:
    return Column(
        row["field"],
        row["header"],
        _kind(row["kind"]),
        required=row.get("required", False),
        unique=row["kind"] == "identity",
        synonyms=tuple(row["synonyms"]),
        note=row.get("note", ""),
        example=row["example"],
    )


def _kind(name: str) -> Kind:
    kinds: dict[str, Kind] = {
        "identity": IdentityNumberText(),
        "text": Text(60),
        "money": Money(),
        "month": Month(),
        "insured": Choice(INSURED),
        "paid": Choice(PAID),
    }
    return kinds[name]
