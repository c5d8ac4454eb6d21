"""A Chromium for the pages that need no sign-in."""

import os
from typing import Any

import pytest

# Playwright's loop runs in the thread of the test, which uses the database too.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"), "args": ["--no-sandbox"]}
