"""Set an exam for a session."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.notifications.sending import notify_all
from agency.shell.formats import moment
from training.exams.models import Exam, ExamQuestion, Question
from training.problems import TrainingError


def set_exam(exam: Exam, questions: Iterable[Question], by: StaffMember) -> Exam:
    """Save an exam with its questions and tell those asked to the session.

    Raises `TrainingError` without questions, and once somebody has begun: then all must get the same.
    """
    questions = list(questions)
    if not questions:
        raise TrainingError(_("Choose at least one question."))
    if exam.pk and exam.attempts.exists():
        raise TrainingError(_("Somebody has begun this exam already. It stays as it is."))
    with transaction.atomic():
        exam.save()
        exam.chosen.all().delete()
        ExamQuestion.objects.bulk_create([ExamQuestion(exam=exam, question=question) for question in questions])
        record("training.exam.set", subject=exam, actor=by, questions=len(questions), minutes=exam.minutes)
        _tell(exam)
    return exam


def _tell(exam: Exam) -> None:
    people = [row.staff for row in exam.session.attendances.select_related("staff")]
    notify_all(
        people,
        "training.exam.set",
        lambda: _("Exam: %(title)s, until %(when)s") % {"title": exam.title, "when": moment(exam.closes_at)},
        reverse("training:exam", kwargs={"pk": exam.pk}),
        key=f"training-exam-{exam.pk}",
    )
