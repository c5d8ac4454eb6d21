"""The records without which no wages may be deducted from VAT: what was paid for one client in one month.

Announcement 2026/10 of the Ministry of Finance and the tax administration, art. 4(11)1: payment records of wages and
welfare, of social insurance and of the housing fund. One archive a client and month, with an index of sums and digests.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agency.money import decimal_yuan
from agency.periods import Period
from agency.spreadsheets.writing import ExportColumn, ExportSheet, write_csv, write_workbook
from clients.models import ClientEnterprise
from payroll.models import BankBatch, BankLine, PaidOutside, Payslip

_SOCIAL = ("pension", "medical", "unemployment", "injury", "maternity")
_FUND = ("housing_fund", "supplementary_fund")
_NAMES = {
    "pension": "养老", "medical": "医疗", "unemployment": "失业", "injury": "工伤", "maternity": "生育",
    "housing_fund": "公积金", "supplementary_fund": "补充公积金",
}  # fmt: skip
INDEX = "目录.csv"
# Words of the file, like its headers.
HOW = {"cash": "现金", "other_bank": "其他银行系统", "client": "客户自己发"}


@dataclass(frozen=True)
class Part:
    """One file of the set: how many rows it has and what they add up to (fen)."""

    name: str
    rows: int
    total_fen: int
    digest: str


def write_evidence(client: ClientEnterprise, month: Period, target: BinaryIO) -> list[Part]:
    """Write the archive of a client's month (the month worked) and return its parts, without the index."""
    parts = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, columns, rows in _tables(client, month):
            body = io.BytesIO()
            write_workbook(body, [ExportSheet(name, columns, [*rows, _sums(columns, rows)])])
            digest = hashlib.sha256(body.getvalue()).hexdigest()
            archive.writestr(f"{name}.xlsx", body.getvalue())
            parts.append(Part(f"{name}.xlsx", len(rows), sum(row[-1] for row in rows), digest))
        archive.writestr(INDEX, _index(client, month, parts))
    return parts


def missing(client: ClientEnterprise, month: Period) -> int:
    """Return how much of the month's net wages (fen) nothing proves yet.

    A bank's confirmation proves it, or a payment outside of a batch with its proof. What the client paid itself the
    agency has not paid for it: art. 4(5) lets nothing of it be deducted.
    """
    slips = _slips(client, month)
    owed = sum(slips.filter(net_fen__gt=0).values_list("net_fen", flat=True))
    outside = _outside(client, month).exclude(run__paid_outside__proof="")
    proven = outside.exclude(run__paid_outside__how=PaidOutside.How.CLIENT)
    confirmed = sum(_paid(client, month).values_list("amount_fen", flat=True))
    return owed - confirmed - sum(proven.values_list("net_fen", flat=True))


def _tables(client: ClientEnterprise, month: Period) -> Iterator[tuple[str, tuple[ExportColumn, ...], list[list[Any]]]]:
    yield "工资支付记录", _wage_columns(), list(_wages(client, month))
    if outside := list(_outside_rows(client, month)):
        yield "批次外支付记录", _outside_columns(), outside
    for title, names in (("社会保险费记录", _SOCIAL), ("住房公积金记录", _FUND)):
        yield title, _dues_columns(names), list(_dues(client, month, names))


def _wage_columns() -> tuple[ExportColumn, ...]:
    texts = ("工号", "姓名", "批次", "发放文件SHA-256", "收款行", "账号末四位", "到账确认")
    return (*(ExportColumn(text) for text in texts), ExportColumn("实发", "money"))


def _wages(client: ClientEnterprise, month: Period) -> Iterator[list[Any]]:
    digests = dict(BankBatch.objects.filter(run__client=client).values_list("pk", "file__digest"))
    rows = _paid(client, month).select_related("batch", "worker").order_by("batch", "serial")
    for line in rows.iterator(chunk_size=2000):
        confirmed = line.answered_at.date().isoformat() if line.answered_at else ""
        yield [
            line.worker.employee_no, line.holder, str(line.batch.number), digests[line.batch_id], line.bank,
            line.account[-4:], confirmed, line.amount_fen,
        ]  # fmt: skip


def _outside_columns() -> tuple[ExportColumn, ...]:
    texts = ("工号", "姓名", "发放方式", "为什么不走银行文件", "凭据", "登记人", "登记日期")
    return (*(ExportColumn(text) for text in texts), ExportColumn("实发", "money"))


def _outside_rows(client: ClientEnterprise, month: Period) -> Iterator[list[Any]]:
    rows = _outside(client, month).select_related("run__paid_outside__said_by").order_by("run", "name_pinyin", "pk")
    for slip in rows.iterator(chunk_size=2000):
        told = slip.run.paid_outside
        yield [
            slip.employee_no, slip.name, HOW[told.how], told.reason, told.proof or "还没有凭据", told.said_by.name,
            timezone.localdate(told.said_at).isoformat(), slip.net_fen,
        ]  # fmt: skip


def _dues_columns(names: tuple[str, ...]) -> tuple[ExportColumn, ...]:
    sides = (("employer", "单位"), ("employee", "个人"))
    amounts = [f"{_NAMES[name]}（{side}）" for name in names for _key, side in sides]
    head = (ExportColumn("工号"), ExportColumn("姓名"), ExportColumn("参保城市"))
    return (*head, *(ExportColumn(text, "money") for text in (*amounts, "补缴（单位）", "补缴（个人）", "合计")))


def _dues(client: ClientEnterprise, month: Period, names: tuple[str, ...]) -> Iterator[list[Any]]:
    """Differences of earlier months (补差) stand with the insurance: they are not told apart by kind."""
    fields = [f"{side}_{name}_fen" for name in names for side in ("employer", "employee")]
    differences = ["employer_adjustment_fen", "employee_adjustment_fen"] if names is _SOCIAL else []
    for slip in _slips(client, month).order_by("name_pinyin", "pk").iterator(chunk_size=2000):
        amounts = [getattr(slip, field) for field in fields]
        back = [getattr(slip, field) for field in differences] or [0, 0]
        if any(amounts) or any(back):
            yield [slip.employee_no, slip.name, client.city, *amounts, *back, sum(amounts) + sum(back)]


def _sums(columns: tuple[ExportColumn, ...], rows: list[list[Any]]) -> list[Any]:
    at = [index for index, column in enumerate(columns) if column.style == "money"]
    sums: list[Any] = ["合计", *[""] * (len(columns) - 1)]
    for index in at:
        sums[index] = sum(row[index] for row in rows)
    return sums


def _index(client: ClientEnterprise, month: Period, parts: list[Part]) -> bytes:
    columns = [ExportColumn(text) for text in ("用工单位", "月份", "文件", "行数", "金额", "SHA-256")]
    rows = [
        [client.name, str(month), part.name, part.rows, decimal_yuan(part.total_fen), part.digest] for part in parts
    ]
    return b"".join(write_csv(columns, rows))


def _slips(client: ClientEnterprise, month: Period) -> Any:
    return Payslip.objects.final().filter(run__client=client, run__period=str(month), errors=0)


def _paid(client: ClientEnterprise, month: Period) -> Any:
    return BankLine.objects.filter(run__client=client, run__period=str(month), state=BankLine.State.PAID)


def _outside(client: ClientEnterprise, month: Period) -> Any:
    """Return the payslips paid outside: in no batch that the bank has paid, or gave back since."""
    banked = BankLine.objects.filter(run=OuterRef("run"), worker=OuterRef("worker"))
    since = Q(state=BankLine.State.FAILED, answered_at__gt=OuterRef("run__paid_outside__said_at"))
    slips = _slips(client, month).filter(run__paid_outside__isnull=False, net_fen__gt=0)
    return slips.exclude(Exists(banked.filter(Q(state=BankLine.State.PAID) | since)))
