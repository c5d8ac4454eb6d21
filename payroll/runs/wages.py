"""The wage of a month with several placements: each counts for its own workdays."""

import datetime as dt
from collections.abc import Iterable, Sequence

from agency.money import round_fen

Span = tuple[int, dt.date, dt.date | None]


def average_wage(spans: Iterable[Span], workdays: Sequence[dt.date]) -> int:
    """Return the monthly wage in fen over spans of (wage, from, until or None), weighted by their workdays.

    The last wage where no workday falls into any of them.
    """
    total = days = wage = 0
    for wage, begins, ends in spans:
        within = sum(1 for day in workdays if begins <= day and (ends is None or day < ends))
        total, days = total + wage * within, days + within
    return round_fen(total, days) if days else wage
