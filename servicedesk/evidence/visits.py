"""What one person cannot do: be at two places at once, or faster at the next one than the road allows."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
# People write down round times.
TOLERANCE = dt.timedelta(minutes=10)
# Within one site nobody drives; coordinates of one gate and another differ by so much.
NEAR_KM = 1.0
LOOK_BACK = 10


@dataclass(frozen=True, slots=True)
class Visit:
    """A talk at a place; `place` tells sites apart (client and site), `position` is latitude and longitude."""

    log: int
    place: tuple[int, int | None]
    start: dt.datetime
    minutes: int
    position: tuple[float, float] | None = None

    @property
    def end(self) -> dt.datetime:
        return self.start + dt.timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Overlap:
    later: Visit
    earlier: Visit
    minutes: int


@dataclass(frozen=True, slots=True)
class Journey:
    """From one visit to the next, in metres and minutes (never below one); `kmh` is along a straight line."""

    later: Visit
    earlier: Visit
    metres: int
    minutes: int

    @property
    def kmh(self) -> int:
        return self.metres * 60 // (self.minutes * 1000)


def overlaps(visits: Iterable[Visit]) -> Iterator[Overlap]:
    """Yield pairs of one person's visits at different places that overlap by more than ten minutes."""
    ordered = _ordered(visits)
    for index, later in enumerate(ordered):
        for earlier in ordered[max(index - LOOK_BACK, 0) : index]:
            together = min(later.end, earlier.end) - later.start
            if later.place != earlier.place and together > TOLERANCE:
                yield Overlap(later, earlier, int(together.total_seconds()) // 60)


def journeys(visits: Iterable[Visit], most_kmh: int) -> Iterator[Journey]:
    """Yield the ways between one person's successive visits that ask for more than `most_kmh` on a straight line.

    Ten minutes are given for round times. Visits that overlap are told by `overlaps` and left out here.
    """
    ordered = [visit for visit in _ordered(visits) if visit.position]
    for earlier, later in pairwise(ordered):
        kilometres = _kilometres(earlier, later)
        if kilometres <= NEAR_KM or later.start < earlier.end - TOLERANCE:
            continue
        gap = max(later.start - earlier.end, dt.timedelta(0))
        allowed = (gap + TOLERANCE).total_seconds() / 3600
        if kilometres > most_kmh * allowed:
            yield Journey(later, earlier, round(kilometres * 1000), max(int(gap.total_seconds()) // 60, 1))


def _ordered(visits: Iterable[Visit]) -> Sequence[Visit]:
    return sorted(visits, key=lambda visit: (visit.start, visit.log))


def _kilometres(left: Visit, right: Visit) -> float:
    """Measure along the great circle."""
    if not (left.position and right.position):
        return 0.0
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, one)) for one in (left.position, right.position))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
