"""What the pages of training and the scores ask about sessions."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agency.calendar import today
from agency.models import StaffMember
from agency.periods import Period
from agency.shell.formats import day
from training.courses.models import Attendance, Course, Session

SOON_DAYS = 14
State = Attendance.State


@dataclass(frozen=True)
class Share:
    """In how many of the sessions that counted a person was present."""

    present: int
    counted: int

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.present, self.counted)


def attendance_share(staff: StaffMember, period: Period) -> Share | None:
    """Return how many sessions of a month a person attended, of those where attendance was taken.

    Excused sessions do not count. None when there was no session to count.
    """
    rows = Attendance.objects.filter(
        staff=staff, session__held_on__gte=period.first_day, session__held_on__lt=period.end
    )
    states = list(rows.filter(state__in=[State.PRESENT, State.ABSENT]).values_list("state", flat=True))
    return Share(states.count(State.PRESENT), len(states)) if states else None


@dataclass(frozen=True)
class Cell:
    """One session in the year: how it stands, in the words of `heat_cell`."""

    session: Session
    state: str
    text: str
    part: int
    label: str

    @property
    def url(self) -> str:
        return reverse("training:session", kwargs={"pk": self.session.pk})


def sessions_of_year(year: int) -> list[Session]:
    """Return the sessions of a year with the counts `asked` (without the excused), `came` and `open`."""
    rows = (
        Session.objects.of_year(year)
        .select_related("course", "trainer")
        .annotate(
            asked=Count("attendances", filter=~Q(attendances__state=State.EXCUSED)),
            came=Count("attendances", filter=Q(attendances__state=State.PRESENT)),
            open=Count("attendances", filter=Q(attendances__state=State.INVITED)),
        )
    )
    return list(rows.order_by("held_on", "pk"))


def year_plan(sessions: list[Session], passed: dict[int, int], on: dt.date) -> list[tuple[Course, list[list[Cell]]]]:
    """Return each course with its twelve months of cells. `passed`: session id → people who passed its exam."""
    rows: dict[Course, list[list[Cell]]] = defaultdict(lambda: [[] for _month in range(12)])
    for session in sessions:
        rows[session.course][session.held_on.month - 1].append(cell_of(session, passed.get(session.pk), on))
    return sorted(rows.items(), key=lambda row: row[0].title)


def cell_of(session: Session, passed: int | None, on: dt.date) -> Cell:
    """Say how a session stands: passed of asked where there is an exam, else came of asked."""
    if session.held_on > on:
        near = (session.held_on - on).days <= SOON_DAYS
        text = _("Day %(day)d") % {"day": session.held_on.day} if near else _("planned")
        return _cell(session, "soon" if near else "none", text)
    if passed is None and session.open:
        return _cell(session, "late", _("%(n)d not noted") % {"n": session.open})
    count, asked = session.came if passed is None else passed, session.asked
    if count >= asked:
        return _cell(session, "done", str(count))
    running = (on.year, on.month) == (session.held_on.year, session.held_on.month)
    return _cell(session, "part" if running else "late", f"{count} / {asked}", count * 100 // asked)


def _cell(session: Session, state: str, text: str, part: int = 0) -> Cell:
    return Cell(session, state, text, part, f"{session.course.title} {day(session.held_on)}: {text}")


def next_session(sessions: list[Session], on: dt.date) -> Session | None:
    """Return the first session that is still to come."""
    return next((session for session in sessions if session.held_on >= on), None)


def trainings_of(staff: StaffMember) -> tuple[list[Attendance], list[Attendance]]:
    """Return the sessions a person is asked to: those to come, soonest first, and those past, latest first."""
    rows = Attendance.objects.filter(staff=staff).select_related("session__course", "session__trainer")
    on = today()
    coming = rows.filter(session__held_on__gte=on).order_by("session__held_on", "pk")
    past = rows.filter(session__held_on__lt=on).order_by("-session__held_on", "-pk")
    return list(coming), list(past[:60])
