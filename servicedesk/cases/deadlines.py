"""Deadlines counted in service hours: the hours on workdays in which somebody is there to answer. No database.

Noon breaks are not taken out: the phone is answered then too. A deadline that ends with the day's service is due at
closing time, not at the next morning's opening.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

Day = Callable[[dt.date], dt.date]
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """When people are there: from `opens` to `closes` on workdays.

    `on_or_after` gives the date itself or the first workday after it, as `WorkdayCalendar.on_or_after` does.
    """

    opens: dt.time
    closes: dt.time
    on_or_after: Day

    def window(self, day: dt.date, zone: dt.tzinfo | None) -> tuple[dt.datetime, dt.datetime]:
        """Return the beginning and the end of a day's service."""
        return dt.datetime.combine(day, self.opens, zone), dt.datetime.combine(day, self.closes, zone)

    def window_after(self, moment: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
        """Return the service that runs at a moment, or the next one that begins."""
        day = self.on_or_after(moment.date())
        opens, closes = self.window(day, moment.tzinfo)
        if moment >= closes:
            opens, closes = self.window(self.on_or_after(day + ONE_DAY), moment.tzinfo)
        return max(opens, moment), closes


def due_after(start: dt.datetime, hours: int, service: ServiceHours | None) -> dt.datetime:
    """Return when so many hours of service have passed since a local moment; None counts around the clock."""
    left = dt.timedelta(hours=hours)
    if service is None:
        return start + left
    begins, ends = service.window_after(start)
    while left > ends - begins:
        left -= ends - begins
        begins, ends = service.window_after(ends)
    return begins + left


def service_between(start: dt.datetime, end: dt.datetime, service: ServiceHours | None) -> dt.timedelta:
    """Return how much service passes between two local moments; nothing when the second comes first."""
    if end <= start:
        return dt.timedelta()
    if service is None:
        return end - start
    passed = dt.timedelta()
    begins, ends = service.window_after(start)
    while begins < end:
        passed += min(ends, end) - begins
        begins, ends = service.window_after(ends)
    return passed
