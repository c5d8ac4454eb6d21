"""Ask people to a session and take down who came."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.calendar import today
from agency.models import StaffMember
from agency.notifications.sending import notify_all
from agency.shell.formats import day
from training.courses.models import Attendance, Session
from training.problems import TrainingError

State = Attendance.State


def invite(session: Session, people: Iterable[StaffMember]) -> list[Attendance]:
    """Ask people to a session and tell them; whoever was asked already is not told again."""
    known = set(session.attendances.values_list("staff", flat=True))
    new = [person for person in people if person.pk not in known]
    Attendance.objects.bulk_create([Attendance(session=session, staff=person) for person in new], ignore_conflicts=True)
    notify_all(
        new,
        "training.session.invited",
        lambda: _("Training on %(day)s: %(course)s") % {"day": day(session.held_on), "course": session.course.title},
        reverse("training:session", kwargs={"pk": session.pk}),
        body=session.place,
        key=f"training-session-{session.pk}",
    )
    return list(session.attendances.select_related("staff"))


def mark(attendance: Attendance, state: str, by: StaffMember) -> Attendance:
    """Take down whether a person came. Safe to repeat.

    Raises `TrainingError` before the day of the session: only an excuse can be known earlier.
    """
    attendance = Attendance.objects.select_for_update().select_related("session").get(pk=attendance.pk)
    if state in {State.PRESENT, State.ABSENT} and attendance.session.held_on > today():
        raise TrainingError(
            _("The session is on %(day)s. Until then only an excuse can be entered.")
            % {"day": day(attendance.session.held_on)}
        )
    if attendance.state != state:
        is_open = state == State.INVITED
        attendance.state = state
        attendance.marked_at, attendance.marked_by = (None, None) if is_open else (timezone.now(), by)
        attendance.save(update_fields=["state", "marked_at", "marked_by"])
        record(
            "training.attendance.marked", subject=attendance.session, actor=by, staff=attendance.staff_id, state=state
        )
    return attendance
