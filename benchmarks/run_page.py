"""Measure the page of a run of 20,000 workers at the server: the first page, a deep one, a filter, a search.

Each figure is the median of the requests after the first; the queries of a page are counted too. Run it through
bin/bench.
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
from agency.tenancy.context import tenant  # noqa: E402
from benchmarks._people import fill  # noqa: E402
from benchmarks.payslips import computed, place_at_one_client, vacuum  # noqa: E402

WORKERS, REQUESTS = 20_000, 9
LIMIT_MS, LIMIT_QUERIES = 150, 15
PAGES = {
    "first": "",
    "deep": "?page=200",
    "to_look_at": "?view=look&page=3",
    "by_net": "?sort=-net&page=50",
    "search": "?q=王",
}


def main(workers: int) -> int:
    """Print the figures; return 1 when one is beyond its limit."""
    settings.ALLOWED_HOSTS = ["testserver"]
    agency = fill("runpage", workers)
    with tenant(agency):
        run = place_at_one_client(workers)
        staff = StaffMember.objects.get(roles__role="specialist")
    computed(agency, run, staff)
    vacuum()
    browser = Client()
    browser.force_login(staff, backend="agency.staff.backends.PhoneOrEmailBackend")
    fine = True
    for name, query in PAGES.items():
        milliseconds, queries = measured(browser, f"/payroll/runs/{run.pk}/{query}")
        report(f"run_page.{name}", milliseconds, queries)
        fine &= milliseconds <= LIMIT_MS and queries < LIMIT_QUERIES
    return 0 if fine else 1


def measured(browser: Client, url: str) -> tuple[float, int]:
    """Return the median milliseconds of a page and how many queries it makes."""
    times = []
    for _request in range(REQUESTS + 1):
        start = time.perf_counter()
        answer = browser.get(url)
        times.append(time.perf_counter() - start)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        browser.get(url)
    reads = [one for one in captured.captured_queries if one["sql"].lstrip().startswith(("SELECT", "WITH"))]
    return statistics.median(times[1:]) * 1000, len(reads)


def report(name: str, milliseconds: float, queries: int) -> None:
    line = {
        "name": name, "rate": round(milliseconds, 1), "unit": "ms per request",
        "ratio": round(milliseconds / LIMIT_MS, 2), "ratio_to": "limit", "queries": queries,
    }  # fmt: skip
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else WORKERS))
