"""Months as reports write them: 2026-10, 202610, 2026年10月, the first of a span, or any day of the month."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from agency.periods import Period, PeriodError
from agency.reasons import Reason, _, reason

from ..cells import Cell
from .base import BadCell, Kind, wrong_type

_MONTH = re.compile(r"\s*(\d{4})\s*[-/.年]?\s*(\d{1,2})(?!\d{3})")


@dataclass(frozen=True)
class Month(Kind):
    """Read a month; of a span such as 202610-202610 the first one."""

    def read(self, value: Cell) -> Period:
        if isinstance(value, dt.date):
            return Period.of(value.date() if isinstance(value, dt.datetime) else value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(int(value))
        if not isinstance(value, str):
            raise wrong_type(value, self.hint())
        found = _MONTH.match(value)
        try:
            return Period(int(found[1]), int(found[2])) if found else _none(value)
        except (PeriodError, ValueError):
            return _none(value)

    def hint(self) -> Reason:
        return reason(_("A month such as 2026-10."))


def _none(value: str) -> Period:
    raise BadCell(reason(_("“%(text)s” is no month. Write it like 2026-10."), text=value[:20]))
