"""What an exam gives, for scores and for the trainer."""

import datetime as dt
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from agency.calendar.clock import time_zone
from agency.models import StaffMember
from agency.periods import Period
from training.courses.models import Attendance
from training.courses.queries import attendance_share
from training.exams.closing import close_overdue
from training.exams.models import Attempt, Exam

__all__ = ["Result", "attendance_share", "best_of", "latest_result", "passed_by_session"]


class Result(NamedTuple):
    """A person's result of one exam: whole per cent, rounded down; no attempt when it was missed."""

    percent: int
    exam: Exam
    attempt: Attempt | None


def latest_result(staff: StaffMember, period: Period) -> Result | None:
    """Return a person's result of the latest exam that closes in a month; the best attempt counts.

    An exam that closed without the person, asked to it and not excused, gives 0: staying away must not be better than
    trying. One that still runs counts once the person has handed in. None when there is nothing to count.
    """
    close_overdue(staff=staff)
    attempts: dict[int, list[Attempt]] = {}
    for attempt in Attempt.objects.closed().filter(staff=staff, exam__in=_closing_in(period)):
        attempts.setdefault(attempt.exam_id, []).append(attempt)
    asked = Attendance.objects.filter(staff=staff).exclude(state=Attendance.State.EXCUSED).values("session")
    exams = _closing_in(period).filter(Q(session__in=asked) | Q(pk__in=attempts)).order_by("-closes_at", "-pk")
    for exam in exams:
        if own := attempts.get(exam.pk):
            best = best_of(own)
            return Result(best.percent, exam, best)
        if exam.is_over_at(timezone.now()):
            return Result(0, exam, None)
    return None


def best_of(attempts: list[Attempt]) -> Attempt:
    """Return the attempt that counts: the highest share of points, the earliest of equals."""
    return max(attempts, key=lambda attempt: (Fraction(attempt.score or 0, attempt.total), -attempt.number))


def passed_by_session(sessions: list[int]) -> dict[int, int]:
    """Return, for each session with an exam, how many people passed (all its exams' passes, each person once)."""
    counts = dict.fromkeys(Exam.objects.filter(session__in=sessions).values_list("session", flat=True), 0)
    attempts = Attempt.objects.closed().filter(exam__session__in=sessions).select_related("exam")
    for session, _staff in {(a.exam.session_id, a.staff_id) for a in attempts if a.has_passed}:
        counts[session] += 1
    return counts


def _closing_in(period: Period) -> QuerySet[Exam]:
    """Exams that close in a month by the agency's clocks; the stroke of midnight still belongs to the day before."""
    zone = time_zone()
    first, end = (dt.datetime.combine(day, dt.time(), zone) for day in (period.first_day, period.end))
    return Exam.objects.filter(closes_at__gt=first, closes_at__lte=end)
