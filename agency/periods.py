"""Calendar months, the time unit of plans, forms and payroll."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering
from typing import overload

_TEXT = re.compile(r"(\d{4})-(\d{2})")


class PeriodError(ValueError):
    """Say that a text or a pair of numbers names no month."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """Name one calendar month; ordered, hashable, stored and shown as "2026-10".

    `day in period`, `period + 3`, `later - earlier` (months), `for day in period`. The month is the half-open
    interval of dates `[first_day, end)`.
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1900 <= self.year <= 9998):
            raise PeriodError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read "2026-10". Raises `PeriodError` for anything else."""
        match = _TEXT.fullmatch(text) if isinstance(text, str) and text.isascii() else None
        if not match:
            raise PeriodError(f"a month is written like 2026-10, not {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Period":
        """Give the month in which a local date lies."""
        return cls(day.year, day.month)

    @classmethod
    def span(cls, first: "Period", last: "Period") -> Iterator["Period"]:
        """Walk from `first` to `last`, both included; nothing when `last` is earlier."""
        for offset in range(last - first + 1):
            yield first + offset

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """Give the first day after the month (exclusive end)."""
        return self.next().first_day

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, self.days)

    @property
    def days(self) -> int:
        """Count the calendar days of the month."""
        return monthrange(self.year, self.month)[1]

    def next(self) -> "Period":
        return self + 1

    def previous(self) -> "Period":
        return self - 1

    def overlap_days(self, valid_from: date, valid_to: date | None) -> int:
        """Count the days of this month inside `[valid_from, valid_to)`; `None` is open-ended."""
        start = max(valid_from, self.first_day)
        stop = self.end if valid_to is None else min(valid_to, self.end)
        return max((stop - start).days, 0)

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.month)

    def __iter__(self) -> Iterator[date]:
        return (self.first_day + timedelta(days=n) for n in range(self.days))

    def __len__(self) -> int:
        return self.days

    def __add__(self, months: int) -> "Period":
        if not isinstance(months, int):
            return NotImplemented
        year, month = divmod(self._number + months, 12)
        return Period(year, month + 1)

    @overload
    def __sub__(self, other: "Period") -> int: ...

    @overload
    def __sub__(self, other: int) -> "Period": ...

    def __sub__(self, other):
        """Subtract months (gives a `Period`) or a `Period` (gives months)."""
        if isinstance(other, Period):
            return self._number - other._number
        if isinstance(other, int):
            return self + -other
        return NotImplemented

    def __lt__(self, other: "Period") -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return self._number < other._number

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def _number(self) -> int:
        return self.year * 12 + self.month - 1
