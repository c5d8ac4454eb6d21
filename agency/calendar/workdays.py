"""Workdays of mainland China with the agency's own days on top. No database, never raises for a year."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
import holidays
from chinese_calendar.constants import holidays as _decreed
from django.utils.translation import gettext_noop

from agency.periods import Period

REST, WORK = "休", "班"
SATURDAY = 5
FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR = min(_decreed).year, max(_decreed).year
_SHIFTED = re.compile(r"\s*\(observed\)$|^Day off")
_DECREE_NAMES = {
    "New Year's Day": gettext_noop("New Year's Day"),
    "Chinese New Year's Eve": "Spring Festival",
    "Chinese New Year": gettext_noop("Spring Festival"),
    "Tomb-Sweeping Day": gettext_noop("Tomb-sweeping Day"),
    "Labor Day": gettext_noop("Labour Day"),
    "Dragon Boat Festival": gettext_noop("Dragon Boat Festival"),
    "Mid-Autumn Festival": gettext_noop("Mid-autumn Festival"),
    "National Day": gettext_noop("National Day"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """Describe one date; ``name`` is the text to translate where the day is public.

    ``kind`` is 休 on a day of a holiday arrangement, 班 on a make-up workday, else empty. ``statutory``
    marks the 13 days a year of triple pay (11 until 2024). ``provisional``: the State Council's arrangement
    of that year was not known when the calendar library was made, so moved days are missing. ``own``: set
    by the agency.
    """

    date: date
    is_workday: bool
    name: str = ""
    kind: str = ""
    statutory: bool = False
    provisional: bool = False
    own: bool = False

    @property
    def look(self) -> str:
        """How a calendar shows it: off (of an arrangement), swap (a made-up workday), weekend or nothing."""
        if self.kind:
            return "swap" if self.is_workday else "off"
        return "" if self.is_workday else "weekend"


class WorkdayCalendar:
    """Answer questions about workdays; ``own_days`` maps a date to (is it a workday, its name)."""

    def __init__(self, own_days: Mapping[date, tuple[bool, str]] | None = None) -> None:
        self._own = dict(own_days or {})

    def day(self, when: date) -> Day:
        """Return what is known of a date."""
        public = public_day(when)
        if when not in self._own:
            return public
        is_workday, name = self._own[when]
        moved = is_workday != (when.weekday() < SATURDAY)
        kind = (WORK if is_workday else REST) if moved else ""
        return Day(when, is_workday, name or public.name, kind, public.statutory, provisional=False, own=True)

    def is_workday(self, when: date) -> bool:
        """Tell whether people of the agency work on the date."""
        own = self._own.get(when)
        return own[0] if own else public_day(when).is_workday

    def add_workdays(self, start: date, count: int) -> date:
        """Return the workday ``count`` workdays after the start (before it, if negative).

        The start itself is not counted; 0 gives the start, or the next workday where it is none.
        """
        if count == 0:
            return self.on_or_after(start)
        step = timedelta(days=1 if count > 0 else -1)
        day = start
        for _ in range(abs(count)):
            day = self._seek(day + step, step)
        return day

    def on_or_after(self, when: date) -> date:
        """Return the date, or the first workday after it: a deadline that rolls forward."""
        return self._seek(when, timedelta(days=1))

    def on_or_before(self, when: date) -> date:
        """Return the date, or the last workday before it: wages that are paid earlier."""
        return self._seek(when, timedelta(days=-1))

    def workdays_in(self, period: Period) -> list[date]:
        """Return the workdays of a month in order."""
        return [day for day in period if self.is_workday(day)]

    def nth_workday(self, period: Period, number: int) -> date:
        """Return the first (1), second (2) … or last (-1) workday; beyond the month's count, the outermost.

        A month without workdays answers with its first or last day. Raise ValueError for 0.
        """
        if number == 0:
            raise ValueError("Workdays of a month are counted from 1, or from -1 at its end.")
        days = self.workdays_in(period) or [period.first_day, period.last_day]
        index = number - 1 if number > 0 else len(days) + number
        return days[min(max(index, 0), len(days) - 1)]

    def days(self, period: Period) -> Iterator[Day]:
        """Describe every date of a month, for drawing it."""
        return (self.day(when) for when in period)

    def special_days(self, first: Period, last: Period) -> Iterator[list[Day]]:
        """Yield what differs from an ordinary week in these months: stretches of equal days on end."""
        stretch: list[Day] = []
        for day in (day for period in Period.span(first, last) for day in self.days(period)):
            if stretch and _likeness(day) != _likeness(stretch[0]):
                yield stretch
                stretch = []
            if day.kind or day.own:
                stretch.append(day)
        if stretch:
            yield stretch

    def is_provisional(self, period: Period) -> bool:
        """Tell whether the month's public days are only an expectation so far."""
        return not FIRST_KNOWN_YEAR <= period.year <= LAST_KNOWN_YEAR

    def _seek(self, when: date, step: timedelta) -> date:
        for offset in range(366):  # an agency that closes every day must not hang a page
            if self.is_workday(when + step * offset):
                return when + step * offset
        return when


@lru_cache(maxsize=8192)
def public_day(when: date) -> Day:
    """Return the date as the State Council arranged it, or as the decree on holidays lets expect."""
    names = _statutory(when.year)
    statutory = when in names and not _SHIFTED.search(names[when])
    weekday = when.weekday() < SATURDAY
    if FIRST_KNOWN_YEAR <= when.year <= LAST_KNOWN_YEAR:
        holiday, name = chinese_calendar.get_holiday_detail(when)
        is_workday = chinese_calendar.is_workday(when)
        kind = WORK if is_workday and not weekday else REST if holiday and name else ""
        return Day(when, is_workday, name or "", kind, statutory)
    if when in names:
        return Day(when, False, _decree_name(names[when]), REST, statutory, provisional=True)
    return Day(when, weekday, provisional=True)


def _likeness(day: Day) -> tuple[str, str, bool]:
    return day.kind, day.name, day.own


def _decree_name(text: str) -> str:
    first = _SHIFTED.sub("", text.split("; ")[0]).split(" (")[0]
    return _DECREE_NAMES.get(first, first)


@lru_cache(maxsize=16)
def _statutory(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("CN", years=year, language="en_US"))
