"""Read what the bank sends back: an .xlsx, .xls, separated or fixed text, with title rows and its own headers.

All rows are understood and found among the batch's lines, or nothing is written: a row that fits no line, or several,
is named with its number.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from agency.money import MoneyError, parse_cell
from agency.reasons import Reason, _, reason
from agency.spreadsheets.cells import shown
from agency.spreadsheets.columns import Column, Table
from agency.spreadsheets.headers import HeaderRow, find_headers
from agency.spreadsheets.kinds import Text
from agency.spreadsheets.mapping import map_columns
from agency.spreadsheets.opening import OpenedFile, open_upload
from agency.spreadsheets.reading import load_sheet, sheet_names
from payroll.models import BankBatch, BankLine

from .layouts import Layout, read_layout
from .making import Unfit
from .releasing import Answer

# Headers are part of the banks' formats and are not translated.
ANSWER = Table(
    "bank_answer",
    "银行回盘",
    (
        Column(
            "account",
            "账号",
            Text(40),
            required=True,
            synonyms=("收款账号", "收款帐号", "帐号", "卡号", "收款人账号", "对方账号"),
        ),
        Column(
            "holder",
            "户名",
            Text(60),
            synonyms=("收款户名", "姓名", "收款人", "收款账号名称", "收款人姓名", "收款人户名"),
        ),
        Column("amount", "金额", Text(30), synonyms=("交易金额", "发放金额", "实发金额", "转账金额", "付款金额")),
        Column(
            "result",
            "处理结果",
            Text(40),
            synonyms=("状态", "处理状态", "交易状态", "结果", "交易结果", "入账状态", "成功标志"),
        ),
        Column(
            "reason",
            "失败原因",
            Text(200),
            synonyms=("原因", "错误信息", "备注", "摘要信息", "返回信息", "错误原因", "退回原因", "处理信息", "备用"),
        ),
    ),
)
GOOD = ("成功", "已入账", "入账成功", "已到账", "S", "SUCCESS", "0000", "00")
BAD = re.compile(r"失败|退|不符|错误|不存在|拒绝|异常|销户|冻结|未成功|不成功|^F|FAIL", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """One row of the bank's file."""

    row: int
    account: str
    holder: str
    amount: str
    result: str
    reason: str


def read_answers(batch: BankBatch, file: BinaryIO, filename: str) -> list[Answer]:
    """Return what the file says of the batch's lines. A listed row without a result counts as come back.

    Raises `agency.spreadsheets.refusals.Refused` for what is no table, `Unfit` with row numbers for rows that fit no
    line of the batch or contradict each other.
    """
    lines = list(batch.lines.all())
    answers: dict[int, Answer] = {}
    problems: list[Reason] = []
    for told in _rows(open_upload(file, filename), read_layout(batch.layout.spec)):
        found = [line for line in lines if _same(told, line)]
        if len(found) != 1:
            problems.append(_stranger(told, len(found)))
            continue
        meant = _meaning(told)
        if meant is None:
            words = _("Row %(row)d: is “%(result)s” paid or not? Write 成功 or 失败 into that cell.")
            problems.append(reason(words, row=told.row, result=told.result))
            continue
        new = Answer(found[0].pk, *meant)
        if answers.setdefault(found[0].pk, new) != new:
            problems.append(
                reason(_("Row %(row)d: %(name)s stands twice, with two results."), row=told.row, name=told.holder)
            )
    if problems:
        raise Unfit(problems)
    if not answers:
        raise Unfit([reason(_("No row with an account number was found in this file."))])
    return list(answers.values())


def _rows(opened: OpenedFile, layout: Layout) -> Iterator[Told]:
    for rows in _tables(opened, layout):
        headers = find_headers(rows, ANSWER)
        mapping = map_columns(headers, ANSWER) if headers else None
        if headers and mapping and mapping.complete:
            at = {name: header.index for name, header in mapping.assigned.items()}
            yield from _told(rows, headers, at)
            return
    if opened.kind == "csv" and not layout.header:
        yield from _fixed(opened, layout)


def _tables(opened: OpenedFile, layout: Layout) -> Iterator[list[tuple[int, list]]]:
    if opened.kind != "csv":
        for name in sheet_names(opened):
            yield list(load_sheet(opened, name).rows())
        return
    text = _text(opened)
    for separator in dict.fromkeys((layout.separator, ",", "\t", "|", ";")):
        yield list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1))


def _text(opened: OpenedFile) -> str:
    opened.file.seek(0)
    return opened.file.read().decode(opened.encoding or "utf-8-sig")


def _told(rows: Iterable[tuple[int, list]], headers: HeaderRow, at: dict[str, int]) -> Iterator[Told]:
    for number, row in rows:
        if number > headers.row:
            cells = {name: shown(row[index]).strip() if index < len(row) else "" for name, index in at.items()}
            told = Told(number, *(cells.get(name, "") for name in ("account", "holder", "amount", "result", "reason")))
            if _digits(told.account):
                yield told


def _fixed(opened: OpenedFile, layout: Layout) -> Iterator[Told]:
    """The bank answers in the layout it was sent: what it says stands in the column without a field."""
    for number, line in enumerate(_text(opened).splitlines(), 1):
        body, place, cells = line.encode(layout.encoding), 0, dict[str, str]()
        for column in layout.columns:
            cells[column.field] = body[place : place + column.width].decode(layout.encoding, "replace").strip()
            place += column.width
        if _digits(cells.get("account", "")):
            said = cells.get("", "")
            yield Told(number, cells["account"], cells.get("holder", ""), cells.get("amount_fen", ""), said, said)


def _digits(account: str) -> str:
    plain = re.sub(r"[\s-]", "", account)
    return plain if re.fullmatch(r"[0-9*]{6,32}", plain) else ""


def _same(told: Told, line: BankLine) -> bool:
    """Banks mask accounts: then the name and the amount must agree as well."""
    account = _digits(told.account)
    pattern = re.sub(r"\*+", "[0-9]+", account)
    if not re.fullmatch(pattern, line.account):
        return False
    if told.amount and _fen(told.amount) != line.amount_fen:
        return False
    return not ("*" in account or not told.amount) or told.holder in ("", line.holder)


def _fen(text: str) -> int | None:
    try:
        return parse_cell(text)
    except MoneyError:
        return None


def _meaning(told: Told) -> tuple[bool, str] | None:
    """Return (paid, why not), or None for a result that says neither."""
    result = told.result.strip()
    if BAD.search(result) or not result:
        return False, told.reason or result
    return (True, "") if result.upper() in GOOD or result.startswith("成功") else None


def _stranger(told: Told, count: int) -> Reason:
    about = {"row": told.row, "tail": _digits(told.account)[-4:], "amount": told.amount or "—"}
    if count:
        return reason(
            _("Row %(row)d: the account ending %(tail)s with %(amount)s fits several lines of the batch."), **about
        )
    return reason(_("Row %(row)d: the account ending %(tail)s with %(amount)s is not in this batch."), **about)
