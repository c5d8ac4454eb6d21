"""Read the four-way match of each client as a person does: who and how much, by row, by kind of gap, and in all."""

import re
from collections.abc import Iterator
from html import unescape

from clients.models import ClientEnterprise
from payroll.models import PayrollRun

from .figures import Get, differ
from .rendered import fen, tables

CHIP = re.compile(r'class="chip"[^>]*>([^<]+?)\s*<span class="count">([\d,]+)')
STAT = re.compile(r'stat-label">([^<]+)</span>\s*<span class="stat-value">([^<]+)<.*?stat-note">\s*([\d,]+)', re.S)


def month(get: Get, period: str) -> Iterator[str]:
    """Compare the match of every client with a run."""
    for run in PayrollRun.objects.filter(period=period, kind="regular").select_related("client"):
        yield from client(get, run.client, period)


def rows_of(get: Get, found: ClientEnterprise, period: str) -> tuple[str, dict[str, int], list[dict[str, str]]]:
    """Return the first page, its filters with what they count, and the rows of all pages by their heads."""
    here = f"/payroll/match/{found.pk}/?period={period}"
    html, rows, page = get(here), [], 1
    chips = {unescape(label): int(n.replace(",", "")) for label, n in CHIP.findall(html)}
    while len(rows) < chips["全部"]:
        table = tables(get(f"{here}&page={page}"))[0]
        rows += [dict(zip(table.head, row, strict=True)) for row in table.rows]
        page += 1
    return html, chips, rows


def insured_here(get: Get, period: str) -> int:
    """Count who should be insured, over all clients with a run."""
    runs = PayrollRun.objects.filter(period=period, kind="regular").select_related("client")
    rows = [row for run in runs for row in rows_of(get, run.client, period)[2]]
    return sum(row["该参保"] == "是" for row in rows)


def client(get: Get, found: ClientEnterprise, period: str) -> Iterator[str]:
    """Rows make the money by kind of gap and the heading; filters count the same people."""
    where, (html, chips, rows) = f"match {found.short_name}", rows_of(get, found, period)
    stats = {unescape(label): (fen(money) or 0, int(n.replace(",", ""))) for label, money, n in STAT.findall(html)}
    at_risk = sum(fen(row["风险金额"]) or 0 for row in rows)
    heading = fen(html.split("<h1")[1].split("</h1>")[0]) or 0
    yield from differ(f"{where} money", rows=at_risk, kinds=sum(money for money, _n in stats.values()), heading=heading)
    yield from differ(f"{where} people", rows=len({row["姓名、工号"] for row in rows}), filter=chips.pop("全部"))
    for label, count in chips.items():
        seen = sum(label in row["哪里不对"] for row in rows)
        yield from differ(f"{where} {label}", rows=seen, filter=count, kind=stats.get(label, (0, 0))[1])
