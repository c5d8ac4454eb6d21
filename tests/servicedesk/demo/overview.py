"""Read the manager's overview as a person does, and compare its people with those on the payroll officer's pages."""

import re
from collections.abc import Iterator

from payroll.models import PayrollRun

from .figures import Get, differ
from .month_matches import CHIP, insured_here
from .rendered import tables

LEAD = re.compile(r"([\d,]+) 名客服，([\d,]+) 家客户，([\d,]+) 名员工")


def month(manager: Get, officer: Get, period: str) -> Iterator[str]:
    """Whom the overview counts at the month's end and who left in it are those paid, and those to be insured."""
    said = LEAD.search(manager(f"/overview/?period={period}"))
    clients, workers = (int(n.replace(",", "")) for n in said.groups()[1:]) if said else (0, 0)
    table = tables(officer(f"/payroll/?period={period}"))[0]
    names = {re.sub(r"\s.*", "", row[table.head.index("客户")], flags=re.S) for row in table.rows}
    yield from differ("overview clients", overview=clients, paid=len(names))
    runs = PayrollRun.objects.filter(period=period, kind="regular")
    chips = [dict(CHIP.findall(officer(f"/payroll/runs/{run.pk}/"))) for run in runs]
    paid, left = (sum(int(found[name]) for found in chips) for name in ("全部", "离职"))
    yield from differ("overview workers", overview=workers + left, paid=paid, insured=insured_here(officer, period))
