"""Hand in an attempt, by the person or by the clock, and mark it."""

import datetime as dt

from django.utils import timezone

from agency.audit import record
from training.exams.marking import points_for
from training.exams.models import Answer, Attempt, Question


def submit(attempt: Attempt) -> Attempt:
    """Hand in and mark. Handing in twice is handing in once; after the deadline the clock had done it."""
    return close(attempt)


def close(attempt: Attempt) -> Attempt:
    """Close and mark an attempt, once. Past the deadline it counts as closed by the clock at the deadline."""
    attempt = Attempt.objects.select_for_update(of=("self",)).select_related("exam", "staff").get(pk=attempt.pk)
    if not attempt.is_running:
        return attempt
    now = timezone.now()
    in_time = now < attempt.deadline
    attempt.submitted_at = now if in_time else attempt.deadline
    attempt.closed_by = Attempt.ClosedBy.PERSON if in_time else Attempt.ClosedBy.CLOCK
    attempt.score = _mark(attempt)
    attempt.save(update_fields=["submitted_at", "closed_by", "score"])
    record(
        "training.exam.closed",
        subject=attempt,
        actor=attempt.staff if in_time else None,
        score=attempt.score,
        total=attempt.total,
        by=attempt.closed_by,
    )
    return attempt


def close_overdue(now: dt.datetime | None = None, **of: object) -> int:
    """Close every attempt whose time is up, of an exam or of a person if given; return how many. Safe to repeat."""
    overdue = list(Attempt.objects.overdue_at(now or timezone.now()).filter(**of))
    for attempt in overdue:
        close(attempt)
    return len(overdue)


def _mark(attempt: Attempt) -> int:
    questions = Question.objects.in_bulk([page["question"] for page in attempt.paper])
    answers = list(Answer.objects.filter(attempt=attempt))
    for answer in answers:
        question = questions[answer.question_id]
        answer.points = points_for(question.kind, question.right, answer.chosen, question.points)
    Answer.objects.bulk_update(answers, ["points"])
    return sum(answer.points or 0 for answer in answers)
