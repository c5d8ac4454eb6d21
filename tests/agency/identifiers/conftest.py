from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read the reasons as they stand in the code; one test asks for them in Chinese."""
    with translation.override("en"):
        yield
