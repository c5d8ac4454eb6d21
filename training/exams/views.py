"""Sitting an exam: its cover, one question at a time, handing in, the result. Works without script."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import warn
from training.exams.closing import close, submit
from training.exams.models import Attempt
from training.exams.queries import exams_for, pages_of
from training.exams.sitting import TimeIsUp, save_answer, start
from training.problems import TrainingError

PARTS = {"sitting": "training/exams/sitting.html#sitting", "hand_in": "training/exams/hand_in.html#sitting"}


def running(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view one's own attempt; one that is closed, or whose time is up, leads to its result."""

    @wraps(view)
    def door(request: StaffRequest, pk: int, **kwargs: int) -> HttpResponse:
        attempt = get_object_or_404(request.user.exam_attempts.select_related("exam"), pk=pk)
        if attempt.is_running and attempt.deadline <= timezone.now():
            attempt = close(attempt)
        if not attempt.is_running:
            return _to_result(request, attempt)
        try:
            return view(request, attempt, **kwargs)
        except TimeIsUp as wrong:
            warn(request, str(wrong))
            return _to_result(request, close(attempt))

    return door


@permit("training.exam.take")
def exam(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(exams_for(request.user), pk=pk)
    attempts = list(found.attempts.filter(staff=request.user).order_by("number"))
    attempts = [close(a) if a.is_running and a.deadline <= timezone.now() else a for a in attempts]
    context = {
        "exam": found,
        "attempts": attempts,
        "running": next((attempt for attempt in attempts if attempt.is_running), None),
        "left": found.attempts_allowed - len(attempts),
        "count": found.chosen.count(),
        "is_open": found.is_open_at(timezone.now()),
        "is_over": found.is_over_at(timezone.now()),
    }
    return render(request, "training/exams/exam.html", context)


@permit("training.exam.take")
@require_POST
def exam_start(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(exams_for(request.user), pk=pk)
    try:
        attempt = start(found, request.user)
    except TrainingError as wrong:
        warn(request, str(wrong))
        return redirect("training:exam", pk=pk)
    return redirect("training:sitting", pk=attempt.pk, number=1)


@permit("training.exam.take")
@running
def sitting(request: StaffRequest, attempt: Attempt, number: int) -> HttpResponse:
    number = min(max(number, 1), len(attempt.paper))
    if request.method == "POST":
        _save(request, attempt, number)
        return _onward(request.POST.get("go", "next"), attempt, number)
    pages = pages_of(attempt)
    context = {"attempt": attempt, "page": pages[number - 1], "count": len(pages), "now": timezone.now()}
    return render(request, _part(request, "sitting"), context)


@permit("training.exam.take")
@require_POST
@running
def answer(request: StaffRequest, attempt: Attempt, number: int) -> HttpResponse:
    if 1 <= number <= len(attempt.paper):
        _save(request, attempt, number)
    return HttpResponse(_("saved"))


@permit("training.exam.take")
@running
def hand_in(request: StaffRequest, attempt: Attempt) -> HttpResponse:
    if request.method == "POST":
        return _to_result(request, submit(attempt))
    pages = pages_of(attempt)
    context = {
        "attempt": attempt,
        "pages": pages,
        "blank": sum(not page.is_answered for page in pages),
        "flagged": sum(page.is_flagged for page in pages),
        "now": timezone.now(),
    }
    return render(request, _part(request, "hand_in"), context)


@permit("training.exam.take")
def result(request: StaffRequest, pk: int) -> HttpResponse:
    attempt = get_object_or_404(request.user.exam_attempts.select_related("exam__session__course"), pk=pk)
    if attempt.is_running and attempt.deadline > timezone.now():
        return redirect("training:sitting", pk=pk, number=1)
    attempt = close(attempt)
    pages, spent = pages_of(attempt), int((attempt.submitted_at - attempt.started_at).total_seconds())
    context = {
        "attempt": attempt,
        "exam": attempt.exam,
        "wrong": [page for page in pages if page.is_wrong],
        "right": sum(not page.is_wrong for page in pages),
        "minutes": spent // 60,
        "seconds": spent % 60,
        "shows_answers": attempt.exam.is_over_at(timezone.now()),
    }
    return render(request, "training/exams/result.html", context)


def _save(request: StaffRequest, attempt: Attempt, number: int) -> None:
    """Keep what the form holds; an answer that is not on the paper is told and not kept."""
    flagged = None
    if request.POST.get("go") == "flag":
        flagged = "flagged" not in request.POST
    try:
        save_answer(attempt, attempt.paper[number - 1]["question"], request.POST.getlist("chosen"), flagged=flagged)
    except TimeIsUp:
        raise
    except TrainingError as wrong:
        warn(request, str(wrong))


def _onward(go: str, attempt: Attempt, number: int) -> HttpResponse:
    if go == "review" or (go == "next" and number == len(attempt.paper)):
        return redirect("training:hand_in", pk=attempt.pk)
    step = {"next": 1, "previous": -1}.get(go, 0)
    return redirect("training:sitting", pk=attempt.pk, number=max(number + step, 1))


def _to_result(request: StaffRequest, attempt: Attempt) -> HttpResponse:
    onward = redirect("training:result", pk=attempt.pk)
    return HttpResponseClientRedirect(onward.url) if request.htmx else onward


def _part(request: StaffRequest, name: str) -> str:
    whole = not request.htmx or request.htmx.boosted or request.htmx.history_restore_request
    return PARTS[name].partition("#")[0] if whole else PARTS[name]
