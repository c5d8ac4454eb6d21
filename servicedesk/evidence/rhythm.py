"""When records were written down: many at once, or long after."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

BURST = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record, the day it tells of, and when it was written down."""

    log: int
    day: dt.date
    entered_at: dt.datetime
    entered_on: dt.date

    @property
    def days_late(self) -> int:
        return (self.entered_on - self.day).days


def company_of(entries: Sequence[Entry]) -> dict[int, int]:
    """Return, for each of one person's records, how many were written down in the ten minutes before or after it."""
    ordered = sorted(entries, key=lambda entry: (entry.entered_at, entry.log))
    times = [entry.entered_at for entry in ordered]
    return {
        entry.log: max(
            bisect_right(times, entry.entered_at) - bisect_left(times, entry.entered_at - BURST),
            bisect_right(times, entry.entered_at + BURST) - bisect_left(times, entry.entered_at),
        )
        for entry in ordered
    }
