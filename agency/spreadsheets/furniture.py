"""Rows that are no data: totals, signatures, repeated headers, our own example."""

from __future__ import annotations

import re

from agency.reasons import Reason, _, reason

from .cells import Cell, Row, shown
from .headers import HeaderRow

EXAMPLE_MARK = "示例"

_TOTALS = frozenset(
    (
        "合计",
        "总计",
        "小计",
        "共计",
        "总合计",
        "本页合计",
        "本页小计",
        "累计",
        "人数合计",
        "合计人数",
        "total",
    )
)
_FOOTER = re.compile(
    r"(?:制表|填表|审核|审批|复核|经办|负责|批准|编制|财务)(?:人|日期|时间|负责人|签字)?[:：]|(?:备注|说明|注|填表说明)[:：]"
)


# Every row that is passed over has one of these among its first cells, or is blank or the headers.
_SIGNS = ("示例", "计", ":", "：")
_SUSPECT = re.compile(r"示例|计|[:：]|t[ \u3000]*o[ \u3000]*t", re.IGNORECASE)


def is_plainly_data(row: Row, headers: HeaderRow) -> bool:
    """Tell at one glance, for most rows of a large sheet; False says only that the row is to be looked at."""
    texts = [cell for cell in row[:3] if isinstance(cell, str) and cell and not cell.isspace()]
    if len(texts) < 3:
        return False
    header = headers.headers[0]
    cell = row[header.index] if header.index < len(row) else ""
    return shown(cell).strip() != header.text and not _SUSPECT.search("\t".join(texts))


def are_plainly_data(rows: list[Row], headers: HeaderRow) -> bool:
    """Tell at one glance of many rows; False says only that each is to be looked at."""
    index = headers.headers[0].index
    columns = [[row[place] for row in rows] for place in (*range(3), index) if place < min(map(len, rows))]
    if len(columns) < 4 or any(set(map(type, column)) != {str} for column in columns[:3]):
        return False
    texts: list[list[str]] = columns[:3]  # type: ignore[assignment]
    if not all(all(map(str.strip, column)) for column in texts) or _may_repeat(columns[3], headers.headers[0].text):
        return False
    text = "\t".join(["\t".join(column) for column in texts])
    return not any(sign in text for sign in _SIGNS) and ("t" not in text.lower() or not _SUSPECT.search(text))


def _may_repeat(cells: list[Cell], header: str) -> bool:
    return any(header in text for text in set(map(shown, cells)))


def why_no_data(row: Row, headers: HeaderRow) -> Reason | None:
    """Return why a row is passed over, or None when it holds data."""
    texts = []
    for cell in row:
        if cell == "":
            continue
        if isinstance(cell, str):
            text = cell.strip()
            if not text:
                continue
            texts.append(text)
        else:
            texts.append("")
        if len(texts) == 3:
            break
    if not texts:
        return None
    first = texts[0]
    if first.startswith(EXAMPLE_MARK):
        return reason(_("the example of the template"))
    if any(text and len(text) < 12 and _bare(text) in _TOTALS for text in texts):
        return reason(_("a line of totals"))
    if first and len(texts) <= 3 and _FOOTER.match(first):
        return reason(_("a footer"))
    if first and _repeats_headers(row, headers):
        return reason(_("the headers once more"))
    return None


def _bare(text: str) -> str:
    return text.replace(" ", "").replace("\u3000", "").rstrip(":：").lower()


def _repeats_headers(row: Row, headers: HeaderRow) -> bool:
    return all(
        header.index < len(row) and isinstance(cell := row[header.index], str) and cell.strip() == header.text
        for header in headers.headers
    )
