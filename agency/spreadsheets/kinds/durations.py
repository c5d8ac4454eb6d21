"""Times of day and lengths of time."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from agency.reasons import Reason, _, reason

from ..cells import Cell, shown
from .base import BadCell, Kind, narrow
from .numbers import read_number

_CLOCK = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2} +)?(上午|早上|早|中午|下午|晚上|晚|am|pm)?"
    r"(\d{1,2})(?::|点|时)(?:(\d{1,2})(?::\d{1,2})?|(半))?分?(?:\d{1,2}秒)? ?(am|pm)?"
)
_LENGTH = re.compile(
    r"(?:(\d+(?:\.\d+)?)(?:个)?(?:小时|钟头|h|hours?))?(?:(半)(?:个)?小时)?(?:(\d+)(?:分钟|分|min|minutes?))?"
)
_AFTERNOON = ("下午", "晚上", "晚", "pm")


@dataclass(frozen=True)
class TimeOfDay(Kind):
    """Read a time of day, to the minute."""

    number_format: ClassVar[str] = "hh:mm"

    def read(self, value: Cell) -> dt.time:
        if isinstance(value, dt.datetime):
            value = value.time()
        if isinstance(value, dt.time):
            return value.replace(second=0, microsecond=0)
        if isinstance(value, dt.timedelta):
            value = value / dt.timedelta(days=1)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1:
            minutes = round(value * 1440) % 1440
            return dt.time(minutes // 60, minutes % 60)
        return self._text(shown(value))

    def _text(self, original: str) -> dt.time:
        text = narrow(original).lower()
        if match := _CLOCK.fullmatch(text):
            before, hour_text, minute_text, half, after = match.groups()
            hour, minute = int(hour_text), 30 if half else int(minute_text or 0)
            part = before or after
            if (part in _AFTERNOON and hour < 12) or (part == "中午" and hour < 3):
                hour += 12
            if hour < 24 and minute < 60:
                return dt.time(hour, minute)
        raise BadCell(reason(_("“%(value)s” is no time of day. Write it like 14:30."), value=text))

    def hint(self) -> Reason:
        return reason(_("A time such as 14:30."))


@dataclass(frozen=True)
class Minutes(Kind):
    """Read a length of time; return whole minutes. A bare number counts minutes."""

    longest: int = 24 * 60

    def read(self, value: Cell) -> int:
        minutes = self._minutes(value)
        if not 0 < minutes <= self.longest:
            raise BadCell(
                reason(_("%(value)s is not between 1 minute and 24 hours. Check the length."), value=shown(value))
            )
        return minutes

    def _minutes(self, value: Cell) -> int:
        if isinstance(value, dt.datetime):
            value = value.time()
        if isinstance(value, dt.time):
            return value.hour * 60 + value.minute
        if isinstance(value, dt.timedelta):
            return round(value / dt.timedelta(minutes=1))
        text = narrow(value).lower().replace(" ", "") if isinstance(value, str) else ""
        if (match := _LENGTH.fullmatch(text)) and any(match.groups()):
            hours, half, minutes = match.groups()
            total = Decimal(hours or 0) * 60 + (30 if half else 0) + int(minutes or 0)
        else:
            total = read_number(value)
        if total != int(total):
            raise BadCell(reason(_("“%(value)s” is not whole minutes. Write it like 45."), value=shown(value)))
        return int(total)

    def hint(self) -> Reason:
        return reason(_("Minutes, such as 45."))
