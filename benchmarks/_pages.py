"""Ask for pages at the server: middleware, permissions and template included."""

import statistics
import time

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


def measured(browser: Client, url: str, requests: int) -> tuple[float, float, int]:
    """Return the median and the best milliseconds of a page after its first request, and how many reads it makes."""
    times = []
    for _request in range(requests + 1):
        start = time.perf_counter()
        answer = browser.get(url)
        times.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        browser.get(url)
    reads = [one for one in captured.captured_queries if one["sql"].lstrip().startswith(("SELECT", "WITH", "COPY"))]
    reads = [one for one in reads if "current_setting" not in one["sql"][:30]]
    return statistics.median(times[1:]), min(times[1:]), len(reads)
