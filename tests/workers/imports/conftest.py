from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import translation

from tests.workers.imports.rosters import TODAY


@pytest.fixture(autouse=True)
def english_on_a_day(settings: Any, tmp_path: Any) -> Iterator[None]:
    """Read the sentences as they stand in the code, on 23 November 2026, with a vault of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    with translation.override("en"), time_machine.travel(TODAY, tick=False):
        yield
