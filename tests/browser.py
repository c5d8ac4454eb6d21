"""Give tests marked `browser` the machine's own Chromium; without one they are skipped and say what to install."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "No Chromium found. Debian: apt-get install chromium fonts-noto-cjk; elsewhere set CHROMIUM to its path."

# Playwright's loop runs in the thread of the test, which uses the database too.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def chromium() -> str | None:
    """Find the program: the one CHROMIUM names, else one on the path."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if chromium():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=MISSING))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if count := sum(MISSING in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(f"{count} browser tests skipped. {MISSING}")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium(), "args": ["--no-sandbox"]}


@pytest.fixture
def live_server(live_server: Any) -> Iterator[Any]:
    """Let go of the server only when it has answered all: what it still reads, the next test would find locked."""
    before = set(threading.enumerate())
    yield live_server
    until = time.monotonic() + 10
    for thread in threading.enumerate():
        if thread not in before and "process_request" in thread.name:
            thread.join(max(0, until - time.monotonic()))
