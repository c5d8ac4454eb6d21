"""Measure the roster of an agency with 100,000 workers: first page, deep pages, searches, filters, at the server.

Each line gives the milliseconds of one whole request, middleware and template included; `ratio` compares with the first
page. Run it through bin/bench.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from agency.models import StaffMember  # noqa: E402
from agency.permissions import Role  # noqa: E402
from agency.tenancy.context import tenant  # noqa: E402
from benchmarks._people import fill, refresh_statistics  # noqa: E402
from clients.models import ClientEnterprise  # noqa: E402

WORKERS, REPEATS, LIMIT_MS, LIMIT_QUERIES = 100_000, 7, 150, 15
BACKEND = "agency.staff.backends.PhoneOrEmailBackend"


def main(workers: int) -> int:
    """Print a line for each way of asking; return 1 when one reads more often than allowed."""
    settings.ALLOWED_HOSTS = ["testserver"]
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
        milliseconds, best, queries = measure(staff, f"/workers/{query}")
        first = first or milliseconds
        fine &= queries < LIMIT_QUERIES
        print(
            json.dumps(
                {
                    "name": f"worker_list.{name}",
                    "rate": round(milliseconds, 1),
                    "unit": "ms per request",
                    "ratio": round(milliseconds / first, 2),
                    "ratio_to": "first page",
                    "best": round(best, 1),
                    "queries": queries,
                    "workers": workers,
                    "limit_ms": LIMIT_MS,
                }
            ),
            flush=True,
        )
    return 0 if fine else 1


def measure(staff: StaffMember, url: str) -> tuple[float, float, int]:
    """Return the median and the best milliseconds of a request, and how many reads it makes, set-up included."""
    browser = Client()
    browser.force_login(staff, backend=BACKEND)
    times = []
    for _repeat in range(REPEATS):
        start = time.perf_counter()
        answer = browser.get(url)
        times.append(time.perf_counter() - start)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        browser.get(url)
    reads = [query for query in captured.captured_queries if ' FROM "' in query["sql"]]
    return statistics.median(times) * 1000, min(times) * 1000, len(reads)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else WORKERS))
