"""The columns of a bureau's list, read from data: other cities' headers are synonyms there, not code here."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from agency.spreadsheets.columns import Column, Table
from agency.spreadsheets.kinds import Choice, IdentityNumberText, Kind, Money, Text

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
    """Return what a bureau's member list or monthly report holds."""
    columns = json.loads(DATA.read_text(encoding="utf-8"))["columns"]
    return Table("bureau_list", "参保名单", tuple(map(_column, columns)))


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
        "insured": Choice(INSURED),
        "paid": Choice(PAID),
    }
    return kinds[name]
