"""Read a month's pages as a person does and compare their figures: each yields what does not agree, to the fen."""

import re
from collections.abc import Callable, Iterator

from payroll.models import BankBatch, BankLine, Bill, PayrollRun, Payslip

from .rendered import Table, amounts, fen, tables

Get = Callable[[str], str]
TAKEN = ("社保", "公积金", "个税", "其他")
SUMMED = ("应发", *TAKEN, "实发", "基本", "加班费", "补贴、缺勤")
KPIS = ("应发", "社保", "公积金", "个税", "其他", "实发")
SLIPS_LOOKED_AT = 4


def differ(where: str, **values: int | None) -> Iterator[str]:
    """Yield one line when the values are not all the same."""
    if len(set(values.values())) > 1:
        yield f"{where}: {values}"


def run_page(get: Get, run: PayrollRun) -> Iterator[str]:
    """The table's rows, its columns' sums, and the figures above it."""
    where, pages = f"run {run}", []
    for number in range(1, -(-run.headcount // 50) + 1):
        html = get(f"/payroll/runs/{run.pk}/?compare=0&page={number}")
        pages.append(next(table for table in tables(html) if "实发" in table.head))
    whole = Table(pages[0].head, [row for page in pages for row in page.rows], pages[0].foot)
    above = amounts(html.split('class="stats"')[1].split('id="rows"')[0])[: 2 * len(KPIS)]
    above = above[::2] if len(re.findall("stat-note", html)) >= len(KPIS) else above[: len(KPIS)]
    yield from differ(f"{where} heads", rows=len(whole.rows), run=run.headcount)
    for name in SUMMED:
        yield from differ(f"{where} {name}", rows=sum(whole.column(name)), total=whole.total(name))
    for name, shown in zip(KPIS, above, strict=True):
        yield from differ(f"{where} above {name}", above=shown, total=abs(whole.total(name)))
    for row in whole.rows:
        cells = {name: fen(row[whole.head.index(name)]) or 0 for name in SUMMED}
        taken = sum(cells[name] for name in TAKEN)
        earned = sum(cells[name] for name in ("基本", "加班费", "补贴、缺勤"))
        yield from differ(f"{where} {row[0]} net", net=cells["实发"], made_of=cells["应发"] + taken)
        yield from differ(f"{where} {row[0]} gross", gross=cells["应发"], made_of=earned)


def payslip(get: Get, slip: Payslip) -> Iterator[str]:
    """Earned lines make the gross pay, and what is taken off leads to the net pay of the run's table."""
    lines = [(row[0], fen(row[-1])) for row in tables(get(f"/payroll/payslips/{slip.pk}/"))[0].rows]
    at = [label for label, _amount in lines].index("应发")
    parts = [amount or 0 for _label, amount in lines]
    where = f"payslip {slip.run} {slip.name}"
    yield from differ(f"{where} gross", lines=sum(parts[:at]), gross=parts[at], stored=slip.gross_fen)
    yield from differ(f"{where} net", lines=parts[at] + sum(parts[at + 1 : -1]), net=parts[-1], stored=slip.net_fen)


def batches(get: Get, run: PayrollRun) -> Iterator[str]:
    """What went to the bank and did not come back is the run's net pay."""
    paid = 0
    for batch in BankBatch.objects.filter(run=run):
        rows = []
        for number in range(1, -(-batch.count // 50) + 1):
            table = next(t for t in tables(get(f"/payroll/batches/{batch.pk}/?page={number}")) if "金额" in t.head)
            rows += list(zip(table.column("金额"), (row[-1] for row in table.rows), strict=True))
        yield from differ(f"batch {batch.pk}", rows=sum(amount for amount, _state in rows), total=table.total("金额"))
        paid += sum(amount for amount, state in rows if "退" not in state)
    failed = sum(line.amount_fen for line in run_lines_waiting(run))
    if BankBatch.objects.filter(run=run).exists():
        yield from differ(f"batches of {run}", paid=paid, net=run.totals["net_fen"] - failed)


def run_lines_waiting(run: PayrollRun):
    """Return lines that came back and stand in no later batch."""
    again = BankLine.objects.filter(run=run, state__in=("open", "paid")).values("worker")
    return BankLine.objects.filter(run=run, state="failed").exclude(worker__in=again)


def bill(get: Get, found: Bill, listed: dict[str, dict[str, int]], costs: dict[int, int]) -> Iterator[str]:
    """A bill's lines make its total; each run's line is that run's cost on the list of runs."""
    rows = tables(get(f"/payroll/bills/{found.pk}/"))[0].rows
    end = [row[0] for row in rows].index("合计")
    parts = [fen(row[-1]) or 0 for row in rows[: end + 1]]
    row = listed[found.number]
    yield from differ(f"bill {found.number}", lines=sum(parts[:-1]), total=parts[-1], listed=row["合计"])
    yield from differ(
        f"bill {found.number} parts", total=row["合计"], parts=row["用工成本"] + row["服务费"] + row["增值税"]
    )
    cost = sum(costs[run] for run in found.runs.values_list("run", flat=True))
    yield from differ(f"bill {found.number} cost", runs=cost, listed=row["用工成本"])


def month(get: Get, period: str) -> Iterator[str]:
    """Compare all pages of a month that show money."""
    runs = list(PayrollRun.objects.filter(period=period).select_related("client"))
    html = get(f"/payroll/?period={period}")
    table = tables(html)[0]
    yield from differ("runs", rows=sum(table.column("实发")), lead=fen(html.split('class="page-head"')[1]))
    costs = {run.pk: run.totals["employer_cost_fen"] for run in runs}
    yield from differ("runs cost", rows=sum(table.column("用工成本")), stored=sum(costs.values()))
    for run in runs:
        yield from run_page(get, run)
        yield from batches(get, run)
        for slip in Payslip.objects.filter(run=run, errors=0).select_related("run__client")[:SLIPS_LOOKED_AT]:
            yield from payslip(get, slip)
    html = get(f"/payroll/bills/?period={period}")
    table = tables(html)[0]
    listed = {row[1]: {name: fen(row[table.head.index(name)]) or 0 for name in table.head[4:]} for row in table.rows}
    yield from differ("bills", rows=sum(table.column("合计")), lead=fen(html.split('class="page-head"')[1]))
    for found in Bill.objects.filter(period=period).exclude(state="void"):
        yield from bill(get, found, listed, costs)
    yield from receivables(get)


def receivables(get: Get) -> Iterator[str]:
    """Columns of days late make the row's total, rows make the column's, and all of it the heading."""
    html = get("/payroll/receivables/")
    table = tables(html)[0]
    late = table.head[1:6]
    for name in (*late, "合计"):
        yield from differ(f"receivables {name}", rows=sum(table.column(name)), total=table.total(name))
    across = sum(table.total(name) for name in late)
    yield from differ("receivables", across=across, total=table.total("合计"), heading=fen(html.split("<h1")[1]))
