import pytest
import time_machine
from django.core.cache import cache

from .making import NOW


@pytest.fixture(autouse=True)
def clock():
    """It is Wednesday morning; each test may travel on."""
    cache.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock
