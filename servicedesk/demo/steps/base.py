"""What every step of a month is given, and what it answers."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from agency.audit import acting
from agency.calendar import calendar_for
from agency.periods import Period
from agency.permissions import Role
from agency.staff.models import StaffMember
from agency.tenancy.context import tenant
from agency.tenancy.models import Agency

from ..clock import at


class StepFailed(Exception):
    """A step that cannot be done; the message says what is missing or wrong, and where."""


@dataclass(frozen=True)
class Tally:
    """How much a step made, how much was there already, and a word on it."""

    made: int = 0
    known: int = 0
    note: str = ""


@dataclass
class Month:
    """One agency's month with its folder of files. `say` tells the person at the terminal what goes on."""

    agency: Agency
    period: Period
    folder: Path
    say: Callable[[str], object] = field(default=lambda text: None)

    @contextmanager
    def on(self, day: dt.date, by: StaffMember | None = None, hour: int = 17, minute: int = 0) -> Iterator[None]:
        """Work inside the agency as a person; in the demo, on a day of the month that is replayed."""
        with at(self.agency.slug, day, hour, minute), tenant(self.agency), acting(by, source="run_month"):
            yield

    def holders(self, role: Role) -> list[StaffMember]:
        """Return who holds a role, longest-standing first. Raises `StepFailed` when nobody does."""
        with tenant(self.agency):
            found = list(StaffMember.objects.active().filter(roles__role=role).order_by("pk"))
        if not found:
            raise StepFailed(f"Nobody at {self.agency} is {Role(role).label}: give somebody the role first.")
        return found

    def workday(self, number: int) -> dt.date:
        """Return the n-th workday of the month (-1: the last)."""
        with tenant(self.agency):
            return calendar_for(self.agency).nth_workday(self.period, number)

    @cached_property
    def reviewer(self) -> StaffMember:
        return self.holders(Role.REVIEWER)[0]

    @cached_property
    def specialists(self) -> list[StaffMember]:
        return self.holders(Role.SPECIALIST)

    def file(self, name: str) -> Path | None:
        """Return a file of the folder by its name, or None when the folder has none."""
        path = self.folder / name
        return path if path.exists() else None
