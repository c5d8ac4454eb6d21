"""A step's window as data: `{"rule": "days", "first": 5, "last": 12}` and its kin, read and applied.

| rule | fields | windows |
|---|---|---|
| days | first, last: 1–31 | calendar days |
| city_days | first, last, cities: {city: last} | calendar days up to the cut-off of the client's city |
| workdays | first, last: 1, 2 … or -1, -2 … | n-th workdays |
| pay_day | first, last: workdays off the client's pay day | wages |
| deadline | table, lead | workdays up to a day of a yearly table |
| weekly | – | one a week |
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from agency.calendar.workdays import WorkdayCalendar
from agency.periods import Period

from . import windows
from .windows import Window
from .yearly import TABLES, deadlines


class WindowError(ValueError):
    """A window rule that cannot be read; says what is wrong with it."""


@dataclass(frozen=True)
class Facts:
    """What a window may depend on besides the month: the calendar, the client's pay day (1–31) and city."""

    calendar: WorkdayCalendar
    pay_day: int = 15
    city: str = ""


Apply = Callable[[Mapping[str, Any], Period, Facts], list[Window]]


def windows_of(rule: Mapping[str, Any], period: Period, facts: Facts) -> list[Window]:
    """Return the windows of a rule in a month, most rules have one. Raises `WindowError` for an unreadable rule."""
    check(rule)
    return _APPLY[rule["rule"]](rule, period, facts)


def part_of(window: Window, first: dt.date, end: dt.date | None, calendar: WorkdayCalendar) -> Window | None:
    """Return the part of a window inside `[first, end)`, due on a workday, or None when nothing is left."""
    opens = max(window.opens_on, first)
    due = window.due_on if end is None else min(window.due_on, end - dt.timedelta(days=1))
    due = calendar.on_or_before(due)
    return replace(window, opens_on=opens, due_on=due) if opens <= due else None


def check(rule: Mapping[str, Any]) -> None:
    """Raise `WindowError` unless the rule can be applied to any month."""
    name = rule.get("rule") if isinstance(rule, Mapping) else None
    if name not in _RANGES:
        raise WindowError(f"unknown rule {name!r}: use one of {', '.join(_RANGES)}")
    low, high = _RANGES[name]
    if name in ("days", "city_days", "workdays", "pay_day"):
        first, last = rule.get("first"), rule.get("last")
        for value in (first, last, *rule.get("cities", {}).values()):
            if type(value) is not int or not low <= value <= high or (value == 0 and name == "workdays"):
                raise WindowError(f"{name}: {value!r} is not a whole number from {low} to {high}")
        if name != "workdays" and rule["first"] > rule["last"]:
            raise WindowError(f"{name}: opens on {first} after it is due on {last}")
    if name == "deadline" and (rule.get("table") not in TABLES or rule.get("lead") not in range(high + 1)):
        raise WindowError(f"deadline: needs a table ({', '.join(TABLES)}) and a lead of 0 to {high} workdays")


_RANGES = {
    "days": (1, 31),
    "city_days": (1, 31),
    "workdays": (-23, 23),
    "pay_day": (-15, 15),
    "deadline": (0, 15),
    "weekly": (0, 0),
}


def _city_days(rule: Mapping[str, Any], period: Period, facts: Facts) -> list[Window]:
    last = rule.get("cities", {}).get(facts.city)
    window = windows.calendar_days(period, min(rule["first"], last or 31), last or rule["last"], facts.calendar)
    return [window if last else replace(window, provisional=True)]


_APPLY: dict[str, Apply] = {
    "days": lambda r, p, f: [windows.calendar_days(p, r["first"], r["last"], f.calendar)],
    "city_days": _city_days,
    "workdays": lambda r, p, f: [windows.nth_workdays(p, r["first"], r["last"], f.calendar)],
    "pay_day": lambda r, p, f: [windows.around_pay_day(p, f.pay_day, r["first"], r["last"], f.calendar)],
    "deadline": lambda r, p, f: [windows.before_deadline(p, deadlines(r["table"]), r["lead"], f.calendar)],
    "weekly": lambda r, p, f: windows.weekly(p, f.calendar),
}
