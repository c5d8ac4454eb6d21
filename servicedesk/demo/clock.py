"""The demo's month is replayed: each step happens on the day it usually does, so that it is neither late nor early.

Only the demo agency's clock can be moved. Any other agency's month runs at the real time.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import time_machine

from .company import SLUG

SHANGHAI = ZoneInfo("Asia/Shanghai")


@contextmanager
def at(agency_slug: str, day: dt.date, hour: int = 17, minute: int = 0) -> Iterator[None]:
    """Let a block of the demo happen at a local time; do nothing for other agencies and for the future."""
    moment = dt.datetime.combine(day, dt.time(hour, minute), SHANGHAI)
    if agency_slug != SLUG or moment > dt.datetime.now(SHANGHAI):
        yield
        return
    with time_machine.travel(moment, tick=True):
        yield
