"""The year of training, one session with its roll, and one's own trainings."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from agency.calendar import today
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import warn
from training.courses.attending import State, mark
from training.courses.models import Attendance, Session
from training.courses.queries import next_session, sessions_of_year, trainings_of, year_plan
from training.exams.queries import exam_of, exams_for, exams_to_sit, hardest, results_of, standings
from training.exams.results import passed_by_session
from training.problems import TrainingError

CHOICES = [(State.PRESENT, "check"), (State.ABSENT, "x"), (State.EXCUSED, "hand")]


def tabs(request: StaffRequest, current: str) -> list[dict[str, Any]]:
    """Return the tabs of the training pages."""
    names = [("training:courses", _("The year")), ("training:mine", _("My trainings"))]
    if request.user.can("training.course.manage"):
        names.append(("training:course_list", _("Courses and questions")))
    return [{"url": reverse(name), "label": label, "current": name == current} for name, label in names]


@permit("training.course.view")
def courses(request: StaffRequest) -> HttpResponse:
    on = today()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else on.year
    sessions = sessions_of_year(year)
    coming = next_session(sessions, on)
    context = {
        "year": year,
        "months": range(1, 13),
        "this_month": on.month if on.year == year else 0,
        "plan": year_plan(sessions, passed_by_session([session.pk for session in sessions]), on),
        "coming": coming,
        "sessions": [session for session in reversed(sessions) if session.held_on <= on][:12],
        "tabs": tabs(request, "training:courses"),
    }
    return render(request, "training/courses/courses.html", context)


@permit("training.course.view")
def mine(request: StaffRequest) -> HttpResponse:
    coming, past = trainings_of(request.user)
    context = {
        "coming": coming,
        "past": past,
        "to_sit": exams_to_sit(request.user, timezone.now()) if request.user.can("training.exam.take") else [],
        "results": results_of(request.user),
        "tabs": tabs(request, "training:mine"),
    }
    return render(request, "training/courses/mine.html", context)


@permit("training.course.view")
def session(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible(request.user, Session).select_related("course", "trainer"), pk=pk)
    exam, sees_all = exam_of(found), request.user.can("training.result.view")
    rows = standings(exam) if exam and sees_all else []
    context = {
        "session": found,
        "exam": exam,
        "my_exam": exam and exams_for(request.user).filter(pk=exam.pk).exists(),
        "own": found.attendances.filter(staff=request.user).first(),
        "roll": list(found.attendances.select_related("staff")) if sees_all else [],
        "choices": CHOICES,
        "standings": rows,
        "passed": sum(bool(row.best and row.best.has_passed) for row in rows),
        "hardest": hardest([row.best for row in rows if row.best]),
        "is_past": found.held_on <= today(),
        "now": timezone.now(),
    }
    return render(request, "training/courses/session.html", context)


@permit("training.course.manage")
@require_POST
def attendance_mark(request: StaffRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(visible(request.user, Attendance).select_related("session", "staff"), pk=pk)
    wanted = request.POST.get("state")
    state = State(wanted) if wanted in State.values and wanted != row.state else State.INVITED
    try:
        mark(row, state, request.user)
    except TrainingError as wrong:
        warn(request, str(wrong))
    if not request.htmx:
        return redirect("training:session", pk=row.session_id)
    roll = list(row.session.attendances.select_related("staff"))
    context = {"session": row.session, "roll": roll, "choices": CHOICES, "is_past": row.session.held_on <= today()}
    return render(request, "training/courses/session.html#roll", context)
