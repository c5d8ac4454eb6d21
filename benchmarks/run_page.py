"""Measure the pages of a run of 20,000 workers at the server: its table in several orders, what hangs on it, the match.

Each figure is the median of the requests after the first; the reads of a page are counted too. Run it through
bin/bench.
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from agency.models import StaffMember  # noqa: E402
from agency.tenancy.context import tenant  # noqa: E402
from benchmarks._database import vacuum  # noqa: E402
from benchmarks._pages import LIMIT_MS, LIMIT_QUERIES, browser_of, measured  # noqa: E402
from benchmarks._people import fill  # noqa: E402
from benchmarks._report import report  # noqa: E402
from benchmarks.payslips import TABLES, computed, place_at_one_client  # noqa: E402
from payroll.models import PayrollRun, Payslip  # noqa: E402

WORKERS, REQUESTS = 20_000, 9


def main(workers: int) -> int:
    """Print the figures; return 1 when one is beyond its limit."""
    agency = fill("runpage", workers)
    with tenant(agency):
        run = place_at_one_client(workers)
        staff = StaffMember.objects.get(roles__role="specialist")
    computed(agency, run, staff)
    vacuum(TABLES)
    browser, fine = browser_of(staff), True
    with tenant(agency):
        pages = pages_of(run)
    for name, url in pages.items():
        milliseconds, best, queries = measured(browser, url, REQUESTS)
        more = {"best": round(best, 1), "queries": queries}
        report(f"run_page.{name}", milliseconds, "ms per request", milliseconds / LIMIT_MS, "limit", **more)
        fine &= milliseconds <= LIMIT_MS and queries < LIMIT_QUERIES
    return 0 if fine else 1


def pages_of(run: PayrollRun) -> dict[str, str]:
    """Return the pages to measure by name."""
    here = f"/payroll/runs/{run.pk}/"
    slip = Payslip.objects.filter(run=run).order_by("name_pinyin", "pk")[10_000 if run.headcount > 10_000 else 0]
    return {
        "first": here,
        "deep": f"{here}?page=200",
        "to_look_at": f"{here}?view=look&page=3",
        "by_net": f"{here}?sort=-net&page=50",
        "search": f"{here}?q=王",
        "checks": f"{here}checks/",
        "one_check": f"{here}?check=OVERTIME",
        "payslip": f"/payroll/payslips/{slip.pk}/",
        "figures": f"/payroll/payslips/{slip.pk}/figures/",
        "import": f"{here}import/",
        "files": f"{here}files/",
        "match": f"/payroll/match/{run.client_id}/?period={run.period}",
        "match_deep": f"/payroll/match/{run.client_id}/?period={run.period}&page=200",
    }


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else WORKERS))
