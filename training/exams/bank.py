"""The question bank: write questions down as plain lines, and never change one that somebody had on paper."""

import string

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from training.exams.models import Answer, Attempt, ExamQuestion, Question

RIGHT_MARK = "*"
MOST = 8
CONTENT = ("course", "kind", "topic", "text", "options", "right", "explanation", "points")


def read_options(kind: str, text: str) -> tuple[list[dict[str, str]], list[str]]:
    """Read options, one a line, the right ones beginning with `*`; return (options, right keys).

    Raises `ValidationError` unless there are 2 to 8 different ones, and one right (single) or at least two (multiple).
    """
    lines = [line.strip() for line in text.replace("＊", RIGHT_MARK).splitlines() if line.strip()]
    texts = [line.lstrip(RIGHT_MARK).strip() for line in lines]
    if not 2 <= len(texts) <= MOST or not all(texts):
        raise ValidationError(_("Write 2 to 8 options, one a line."))
    if len(set(texts)) < len(texts):
        raise ValidationError(_("Two options are the same. Change one of them."))
    right = [key for key, line in zip(string.ascii_lowercase, lines, strict=False) if line.startswith(RIGHT_MARK)]
    if kind == Question.Kind.SINGLE and len(right) != 1:
        raise ValidationError(_("Put * before the one right option; now there are %(n)d.") % {"n": len(right)})
    if kind == Question.Kind.MULTIPLE and len(right) < 2:
        raise ValidationError(_("Put * before at least two right options; now there are %(n)d.") % {"n": len(right)})
    return [{"key": key, "text": text} for key, text in zip(string.ascii_lowercase, texts, strict=False)], right


def write_options(question: Question) -> str:
    """Return a question's options as they are typed."""
    marks = dict.fromkeys(question.right, RIGHT_MARK)
    return "\n".join(f"{marks.get(option['key'], '')}{option['text']}" for option in question.options)


def is_used(question: Question) -> bool:
    """Tell whether somebody already had the question on paper."""
    papers = Attempt.objects.filter(exam__chosen__question=question, paper__contains=[{"question": question.pk}])
    return papers.exists() or Answer.objects.filter(question=question).exists()


def save_question(question: Question, by: StaffMember) -> Question:
    """Keep a question. One that somebody had on paper is retired, and the change becomes a new question.

    Exams that nobody has begun take the new one.
    """
    with transaction.atomic():
        if question.pk and is_used(question):
            question = _replace(question)
        else:
            question.save()
        record("training.question.saved", subject=question, actor=by)
    return question


def retire(question: Question, by: StaffMember) -> None:
    """Take a question out of use; past exams keep it."""
    Question.objects.filter(pk=question.pk).update(is_active=False)
    record("training.question.retired", subject=question, actor=by)


def _replace(changed: Question) -> Question:
    old = changed.pk
    new = Question.objects.create(**{name: getattr(changed, name) for name in CONTENT})
    Question.objects.filter(pk=old).update(is_active=False)
    ExamQuestion.objects.filter(question=old, exam__attempts=None).update(question=new)
    return new
