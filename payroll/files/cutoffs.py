"""Until which day of a month a city's bureau takes joinings and leavings for it, by insurance: data, with dates.

The city's own days go before those of every city. A day is the last one on which a change still counts for the month,
0 for a bureau without one.
"""

import datetime as dt
from dataclasses import dataclass

from payroll.models import FileLayout

from .installing import ensure_layouts


@dataclass(frozen=True)
class Cutoffs:
    """A city's cut-off days of all times; `rows` hold the city's own first."""

    rows: tuple[FileLayout, ...]

    def day(self, insurance: str, effective: dt.date) -> int:
        """Return the cut-off day for a change that holds from `effective` on; 0 when none is known."""
        found = next((row for row in self.rows if row.is_valid_on(effective)), None)
        return found.spec["days"][insurance] if found else 0


def cutoffs_of(city: str) -> Cutoffs:
    """Return a city's cut-off days."""
    ensure_layouts()
    rows = FileLayout.objects.filter(purpose=FileLayout.Purpose.CUTOFF, city__in=("", city))
    return Cutoffs(tuple(rows.order_by("-city", "-valid_from")))
