"""Look through a month: cut up what is new, take the limits, find the signs."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from agency.calendar import today
from agency.periods import Period
from agency.progress.reporting import Progress
from agency.tenancy.context import tenant

from .finding import Kind, Sign, impossible_ways, odd_entries, same_words, silent_people, write_signs
from .limits import MONTHS, limits_for
from .models import EvidenceLimits
from .reading import ROWS, before, cut_up, uncut

SEARCHES = 4


def look_through(progress: Progress, period: Period) -> dict[str, int]:
    """Bring a month's signs up to date, in steps each safe to repeat; only new and changed words are read."""
    with tenant(progress.agency_id):
        new = uncut(before(period, MONTHS), period.end)
        on = today()
    parts = [new[start : start + ROWS] for start in range(0, len(new), ROWS)]
    progress.of(len(parts) + SEARCHES)
    for part in parts:
        with progress.step(_("Reading records")):
            cut_up(part)
    with tenant(progress.agency_id):
        limits = limits_for(period)
    signs = 0
    for kinds, found in _searches(period, limits, on):
        with progress.step(_("Comparing records")):
            signs += write_signs(period, kinds, found, f"{limits.method}/{period}")
    return {"read": len(new), "signs": signs}


def _searches(period: Period, limits: EvidenceLimits, on: dt.date) -> Iterator[tuple[set[str], Iterable[Sign]]]:
    yield {Kind.TEXT}, same_words(period, limits)
    yield {Kind.OVERLAP, Kind.TRAVEL}, impossible_ways(period, limits)
    yield {Kind.BURST, Kind.LATE}, odd_entries(period, limits)
    yield {Kind.SILENT}, silent_people(period, limits, on)
