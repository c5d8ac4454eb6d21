"""Ask for pages at the server: middleware, permissions and template included."""

import statistics
import time
from collections.abc import Mapping

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agency.models import StaffMember

LIMIT_MS, LIMIT_QUERIES = 150, 15
BACKEND = "agency.staff.backends.PhoneOrEmailBackend"


def browser_of(staff: StaffMember) -> Client:
    """Return a browser in which somebody is signed in."""
    settings.ALLOWED_HOSTS = ["testserver"]
    browser = Client()
    browser.force_login(staff, backend=BACKEND)
    return browser


def measured(
    browser: Client, url: str, requests: int, sent: Mapping[str, str] | None = None
) -> tuple[float, float, int]:
    """Return the median and the best milliseconds of a page after its first request, and how many reads it makes.

    With `sent` the page is what answers a form.
    """

    def ask() -> int:
        answer = browser.get(url) if sent is None else browser.post(url, sent)
        return answer.status_code

    times = []
    for _request in range(requests + 1):
        start = time.perf_counter()
        status = ask()
        times.append((time.perf_counter() - start) * 1000)
        if status != 200:
            raise RuntimeError(f"{url} answered {status}")
    with CaptureQueriesContext(connection) as captured:
        ask()
    reads = [one for one in captured.captured_queries if ' FROM "' in one["sql"]]
    return statistics.median(times[1:]), min(times[1:]), len(reads)
