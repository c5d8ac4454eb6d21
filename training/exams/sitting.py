"""Sit an exam: start once, keep each answer, all by the server's clock."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.shell.formats import moment
from training.exams.closing import close
from training.exams.models import Answer, Attempt, Exam, Question
from training.exams.papers import deal
from training.problems import TrainingError


class TimeIsUp(TrainingError):
    """The attempt is closed; what arrived now does not count."""


def start(exam: Exam, staff: StaffMember) -> Attempt:
    """Begin an attempt, or return the one that runs: a second tab gets the same paper and the same deadline.

    The deadline is `minutes` from now by the server's clock, and never after the exam closes. Raises `TrainingError`
    when the exam is not open, the person is not asked to it, or has no attempt left.
    """
    now = timezone.now()
    latest = exam.attempts.filter(staff=staff).order_by("-number").first()
    if latest and latest.is_running:
        if now < latest.deadline:
            return latest
        latest = close(latest)
    number = latest.number + 1 if latest else 1
    _may_start(exam, staff, number, now)
    questions = [row.question for row in exam.chosen.select_related("question")]
    seed = secrets.randbits(62)
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                exam=exam,
                staff=staff,
                number=number,
                seed=seed,
                paper=deal(questions, seed),
                started_at=now,
                deadline=min(now + dt.timedelta(minutes=exam.minutes), exam.closes_at),
                total=sum(question.points for question in questions),
            )
    except IntegrityError:
        # The other tab was first: its attempt is this person's attempt.
        return exam.attempts.get(staff=staff, number=number)
    record("training.exam.started", subject=attempt, actor=staff, number=number)
    return attempt


def save_answer(attempt: Attempt, question_id: int, chosen: Iterable[str], *, flagged: bool | None = None) -> Answer:
    """Keep what is chosen for one question, in place of what was chosen before; `flagged` None leaves the mark.

    An answer counts when it reaches the server before the deadline. Raises `TimeIsUp` after it or after handing in,
    `TrainingError` for a question or an option that is not on this paper.
    """
    now = timezone.now()
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if not attempt.is_running or attempt.deadline <= now:
        raise TimeIsUp(_("The time is up. What you had answered until then is handed in."))
    page = next((page for page in attempt.paper if page["question"] == question_id), None)
    keys = sorted(set(chosen))
    if page is None or not set(keys) <= set(page["options"]):
        raise TrainingError(_("This answer is not on your paper. Load the page again."))
    if len(keys) > 1 and Question.objects.get(pk=question_id).kind == Question.Kind.SINGLE:
        raise TrainingError(_("Only one answer is right here. Choose one."))
    answer = Answer.objects.filter(attempt=attempt, question_id=question_id).first()
    answer = answer or Answer(attempt=attempt, question_id=question_id)
    flag = answer.is_flagged if flagged is None else flagged
    if answer.pk is None or (answer.chosen, answer.is_flagged) != (keys, flag):
        answer.chosen, answer.is_flagged, answer.saved_at = keys, flag, now
        answer.save()
    return answer


def _may_start(exam: Exam, staff: StaffMember, number: int, now: dt.datetime) -> None:
    if not exam.session.attendances.filter(staff=staff).exists():
        raise TrainingError(_("You are not asked to this exam. The trainer can add you to the session."))
    if now < exam.opens_at:
        raise TrainingError(_("The exam opens %(when)s.") % {"when": moment(exam.opens_at)})
    if exam.is_over_at(now):
        raise TrainingError(_("The exam closed %(when)s.") % {"when": moment(exam.closes_at)})
    if number > exam.attempts_allowed:
        raise TrainingError(_("You have used all %(n)d attempts.") % {"n": exam.attempts_allowed})
