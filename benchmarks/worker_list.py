"""Measure the roster of an agency with 100,000 workers: first page, deep pages, searches, filters, at the server.

Each line gives the milliseconds of one whole request, middleware and template included; `ratio` compares with the first
page. Run it through bin/bench.
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()


from agency.models import StaffMember  # noqa: E402
from agency.permissions import Role  # noqa: E402
from agency.tenancy.context import tenant  # noqa: E402
from benchmarks._pages import LIMIT_MS, LIMIT_QUERIES, browser_of, measured  # noqa: E402
from benchmarks._people import fill, refresh_statistics  # noqa: E402
from benchmarks._report import report  # noqa: E402
from clients.models import ClientEnterprise  # noqa: E402

WORKERS, REPEATS = 100_000, 7


def main(workers: int) -> int:
    """Print a line for each way of asking; return 1 when one reads more often than allowed."""
    agency = fill("alpha", workers)
    fill("beta", workers // 50, seed=7)
    refresh_statistics()
    with tenant(agency):
        pages = workers * 4 // 5 // 50
        client = ClientEnterprise.objects.order_by("pk").first()
        manager, specialist = (StaffMember.objects.get(roles__role=role) for role in (Role.MANAGER, Role.SPECIALIST))
    asked = {
        "first_page": (manager, ""),
        "middle_page": (manager, f"?page={pages // 2}"),
        "last_page": (manager, f"?page={pages}"),
        "all_by_start_deep": (manager, f"?status=all&sort=-joined&page={pages // 2}"),
        "by_number_deep": (manager, f"?sort=no&page={pages // 2}"),
        "initials": (manager, "?q=wgh"),
        "one_letter": (manager, "?q=w"),
        "pinyin": (manager, "?q=wang+gang"),
        "surname": (manager, "?q=%E7%8E%8B"),
        "phone_tail": (manager, "?q=5678"),
        "employee_no": (manager, "?q=04321"),
        "client": (manager, f"?client={client.pk}"),
        "client_and_initials": (manager, f"?client={client.pk}&q=wg"),
        "waiting": (manager, "?status=waiting"),
        "left": (manager, "?status=left"),
        "specialist": (specialist, ""),
    }
    fine, first = True, 0.0
    for name, (staff, query) in asked.items():
        milliseconds, best, queries = measured(browser_of(staff), f"/workers/{query}", REPEATS)
        first = first or milliseconds
        fine &= queries < LIMIT_QUERIES
        more = {"best": round(best, 1), "queries": queries, "workers": workers, "limit_ms": LIMIT_MS}
        report(f"worker_list.{name}", milliseconds, "ms per request", milliseconds / first, "first page", **more)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else WORKERS))
