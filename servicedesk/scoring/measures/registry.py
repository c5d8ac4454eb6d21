"""The list of measures, and what each is asked with."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from agency.models import StaffMember
from agency.periods import Period
from servicedesk.scoring.measured import Measured

Words = str | Promise


@dataclass(frozen=True)
class Subject:
    """Whose month is measured, and as of which day. `params` are the line's."""

    staff: StaffMember
    period: Period
    today: dt.date
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def on(self) -> dt.date:
        """The day whose clients and workers count: the month's last, or today while it runs."""
        return min(self.period.last_day, self.today)

    def logs_page(self, **more: str) -> dict[str, Any]:
        """Return the parts of an `Evidence` that opens this month's talks."""
        return {"url": "servicedesk:logs", "query": {"staff": str(self.staff.pk), "period": str(self.period), **more}}


@dataclass(frozen=True)
class Measure:
    """A function and the words for what it finds: a sentence of facts, why it may not apply, what would raise it.

    `says` and `raises` name facts as `%(due)d`; `raises` may name `%(missing)d`, how many more would reach the target
    (minutes: `%(hours)d`).
    `events` are those that a rule of deductions must price. `grows` says that one more adds to the denominator, too.
    """

    key: str
    find: Callable[[Subject], Measured | None]
    says: Words
    absent: Words
    raises: Words
    events: tuple[str, ...] = ()
    grows: bool = False


_measures: dict[str, Measure] = {}


def measure(
    key: str, *, says: Words, absent: Words, raises: Words, events: tuple[str, ...] = (), grows: bool = False
) -> Callable[[Callable[[Subject], Measured | None]], Callable[[Subject], Measured | None]]:
    """Register a function `f(subject) -> Measured | None` under a key. None: does not apply, scores nothing."""

    def register(find: Callable[[Subject], Measured | None]) -> Callable[[Subject], Measured | None]:
        if key in _measures:
            raise ValueError(f"two measures are called {key!r}")
        _measures[key] = Measure(key, find, says, absent, raises, events, grows)
        return find

    return register


def measure_called(key: str) -> Measure:
    """Return a measure. Raises `KeyError` for an unknown key."""
    return _measures[key]


def registered() -> Mapping[str, Measure]:
    return _measures
