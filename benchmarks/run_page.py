"""Measure the pages of a run of 20,000 workers at the server: its table in several orders and all that hangs on it.

First while it is open, up to what a pasted correction would change; then approved, paid, billed and matched.

Each figure is the median of the requests after the first; the reads of a page are counted too. Run it through
bin/bench.
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from agency.models import StaffMember  # noqa: E402
from agency.tenancy.context import tenant  # noqa: E402
from benchmarks._database import vacuum  # noqa: E402
from benchmarks._month import Finished, finish  # noqa: E402
from benchmarks._pages import LIMIT_MS, LIMIT_QUERIES, browser_of, measured  # noqa: E402
from benchmarks._people import fill  # noqa: E402
from benchmarks._report import report  # noqa: E402
from benchmarks.payslips import TABLES, computed, place_at_one_client  # noqa: E402
from payroll.models import PayrollRun, Payslip  # noqa: E402
from payroll.payslips.links import sign  # noqa: E402
from payroll.settlement.links import sign as sign_bill  # noqa: E402

WORKERS, REQUESTS, PASTED = 20_000, 9, 50
AFTER = ("payroll_payslip", "payroll_bankline", "payroll_bureaurecord", "payroll_payslipreceipt", "workers_bankaccount")


def main(workers: int) -> int:
    """Print the figures; return 1 when one is beyond its limit."""
    agency = fill("runpage", workers)
    with tenant(agency):
        run = place_at_one_client(workers)
        staff = StaffMember.objects.get(roles__role="specialist")
    computed(agency, run, staff)
    vacuum(TABLES)
    with tenant(agency):
        pages, pasted = pages_of(run), {"rows": rows_to_paste(run)}
    fine = measure(browser_of(staff), pages)
    fine &= measure(browser_of(staff), {"preview": f"/payroll/runs/{run.pk}/paste/"}, pasted)
    with tenant(agency):
        run.refresh_from_db()
        finished = finish(run, staff)
        pages = pages_after(finished)
    vacuum(AFTER)
    return 0 if fine & measure(browser_of(finished.officer), pages) else 1


def measure(browser: Client, pages: dict[str, str], sent: dict[str, str] | None = None) -> bool:
    """Print the figures of some pages; return whether all keep within the limits."""
    fine = True
    for name, url in pages.items():
        milliseconds, best, queries = measured(browser, url, REQUESTS, sent)
        more = {"best": round(best, 1), "queries": queries}
        report(f"run_page.{name}", milliseconds, "ms per request", milliseconds / LIMIT_MS, "limit", **more)
        fine &= milliseconds <= LIMIT_MS and queries < LIMIT_QUERIES
    return fine


def rows_to_paste(run: PayrollRun) -> str:
    """Return corrections of fifty workers as they are pasted from Excel."""
    slips = Payslip.objects.filter(run=run).order_by("employee_no")[:PASTED]
    rows = [f"{slip.employee_no}\t{slip.name}\t{n % 20}" for n, slip in enumerate(slips)]
    return "\n".join(["工号\t姓名\t夜班次数", *rows])


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
    }


def pages_after(done: Finished) -> dict[str, str]:
    """Return the pages of an approved, paid and billed run by name; the wage sheet is made in the background."""
    run, match = done.run, f"/payroll/match/{done.run.client_id}/?period={done.run.period}"
    slip = Payslip.objects.filter(run=run).order_by("name_pinyin", "pk")[run.headcount // 2]
    return {
        "approved": f"/payroll/runs/{run.pk}/",
        "approved_checks": f"/payroll/runs/{run.pk}/checks/",
        "link": reverse("payroll:payslip_public", args=[sign(slip)]),
        "links": f"/payroll/runs/{run.pk}/links/?page=200",
        "month_of_files": f"/payroll/files/?period={run.period}",
        "files": f"/payroll/runs/{run.pk}/files/",
        "batch": f"/payroll/batches/{done.batch.pk}/",
        "batch_deep": f"/payroll/batches/{done.batch.pk}/?page=200",
        "bills": f"/payroll/bills/?period={run.period}",
        "bill": f"/payroll/bills/{done.bill.pk}/",
        "bill_link": reverse("payroll:bill_public", args=[sign_bill(done.bill)]),
        "receivables": "/payroll/receivables/",
        "declarations": f"/payroll/workers/{slip.worker_id}/tax/",
        "declarations_import": "/payroll/declarations/import/",
        "balance": f"/payroll/workers/{slip.worker_id}/opening/",
        "balances": "/payroll/openings/",
        "match": match,
        "match_deep": f"{match}&page=200",
        "match_gap": f"{match}&gap=not_paid",
    }


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else WORKERS))
