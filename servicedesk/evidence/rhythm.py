"""When records were written down: many at once, or long after."""

import datetime as dt
from bisect import bisect_left
from collections import deque
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
    """Return, for each of one person's records, how many were written down in the fullest ten minutes around it."""
    ordered = sorted(entries, key=lambda entry: (entry.entered_at, entry.log))
    times = [entry.entered_at for entry in ordered]
    ending = [place - bisect_left(times, time - BURST) + 1 for place, time in enumerate(times)]
    most: dict[int, int] = {}
    fullest: deque[int] = deque()  # places whose window is fuller than every later one's
    right = 0
    for place, entry in enumerate(ordered):
        while right < len(times) and times[right] - times[place] <= BURST:
            while fullest and ending[fullest[-1]] <= ending[right]:
                fullest.pop()
            fullest.append(right)
            right += 1
        while fullest[0] < place:
            fullest.popleft()
        most[entry.log] = ending[fullest[0]]
    return most
