"""The question bank, exams, and what people answered."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel


@audited()
class Question(TenantModel):
    """One question of a course's bank. `options`: [{"key": "a", "text": …}], `right`: the keys that are right.

    Once somebody got it on paper it is not edited any more: `bank.revise` retires it and makes the next.
    """

    class Kind(models.TextChoices):
        SINGLE = "single", _("One is right")
        MULTIPLE = "multiple", _("Several are right")

    course = models.ForeignKey("training.Course", models.PROTECT, related_name="questions")
    kind = models.CharField(_("Kind of question"), max_length=8, choices=Kind)
    topic = models.CharField(_("Topic"), max_length=20, blank=True)
    text = models.TextField(_("Question"), max_length=600)
    options = models.JSONField()
    right = models.JSONField()
    explanation = models.TextField(_("Explanation"), max_length=1000, blank=True)
    points = models.PositiveSmallIntegerField(_("Points of the question"), default=5)
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["topic", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=100), name="training_question_points_ck"),
        ]
        indexes = [models.Index(fields=["agency", "course", "is_active"], name="training_question_course_ix")]

    def __str__(self) -> str:
        return self.text[:60]


@audited()
class Exam(TenantModel):
    """The exam of a session, open to those asked to it in `[opens_at, closes_at)`. It counts in the month it closes."""

    session = models.ForeignKey("training.Session", models.PROTECT, related_name="exams")
    title = models.CharField(_("Exam title"), max_length=40)
    minutes = models.PositiveSmallIntegerField(_("Length in minutes"), default=30)
    pass_percent = models.PositiveSmallIntegerField(_("Passed from (%)"), default=80)
    opens_at = models.DateTimeField(_("Opens"))
    closes_at = models.DateTimeField(_("Closes"))
    attempts_allowed = models.PositiveSmallIntegerField(_("Attempts"), default=1)

    class Meta(TenantModel.Meta):
        verbose_name = _("exam")
        verbose_name_plural = _("exams")
        ordering = ["-closes_at", "-pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="training_exam_times_ck"),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 240), pass_percent__range=(1, 100), attempts_allowed__range=(1, 5)),
                name="training_exam_numbers_ck",
            ),
        ]
        indexes = [models.Index(fields=["agency", "closes_at"], name="training_exam_closes_ix")]

    def __str__(self) -> str:
        return self.title

    def is_open_at(self, moment: dt.datetime) -> bool:
        return self.opens_at <= moment < self.closes_at

    def is_over_at(self, moment: dt.datetime) -> bool:
        return self.closes_at <= moment


class ExamQuestion(TenantModel):
    """One question chosen for an exam."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="chosen")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("question of an exam")
        verbose_name_plural = _("questions of an exam")
        ordering = ["pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "exam", "question"], name="training_examquestion_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.exam_id}: {self.question_id}"


class AttemptQuerySet(AgencyQuerySet):
    def running(self) -> Self:
        return self.filter(submitted_at=None)

    def closed(self) -> Self:
        return self.exclude(submitted_at=None)

    def overdue_at(self, moment: dt.datetime) -> Self:
        """Attempts whose time is up and which nobody has closed yet."""
        return self.running().filter(deadline__lte=moment)


class AttemptManager(AgencyManager.from_queryset(AttemptQuerySet)):  # type: ignore[misc]
    pass


@audited()
class Attempt(TenantModel):
    """One sitting. The clock is the server's: `deadline` is stored when it starts and never moves.

    `paper`: [{"question": id, "options": ["c", "a", …]}] in the order in which this person sees them, shuffled by
    `seed` once. `score` of `total` points, once closed.
    """

    class ClosedBy(models.TextChoices):
        PERSON = "person", _("Handed in by hand")
        CLOCK = "clock", _("Time was up")

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="attempts")
    staff = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="exam_attempts")
    number = models.PositiveSmallIntegerField(_("Attempt"))
    seed = models.BigIntegerField()
    paper = models.JSONField()
    started_at = models.DateTimeField(default=timezone.now)
    deadline = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=6, choices=ClosedBy, blank=True)
    score = models.PositiveSmallIntegerField(_("Points reached"), null=True, blank=True)
    total = models.PositiveSmallIntegerField()

    objects = AttemptManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["exam", "staff", "number"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "exam", "staff", "number"], name="training_attempt_uq"),
            models.UniqueConstraint(
                fields=["agency", "exam", "staff"], condition=Q(submitted_at=None), name="training_attempt_running_uq"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, score=None) | Q(submitted_at__isnull=False, score__lte=F("total")),
                name="training_attempt_score_ck",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "staff", "exam"], name="training_attempt_staff_ix"),
            models.Index(fields=["agency", "deadline"], condition=Q(submitted_at=None), name="training_attempt_due_ix"),
        ]

    def __str__(self) -> str:
        return f"{self.exam} · {self.staff} · {self.number}"

    @property
    def is_running(self) -> bool:
        return self.submitted_at is None

    @property
    def percent(self) -> int:
        """Whole per cent reached, rounded down; 0 while it runs."""
        return (self.score or 0) * 100 // self.total

    @property
    def has_passed(self) -> bool:
        return self.score is not None and self.score * 100 >= self.exam.pass_percent * self.total


@audited()
class Answer(TenantModel):
    """What a person chose for one question, saved on each change; `points` once the attempt is closed."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    chosen = models.JSONField(default=list)
    is_flagged = models.BooleanField(_("Marked as not sure"), default=False)
    saved_at = models.DateTimeField(default=timezone.now)
    points = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "attempt", "question"], name="training_answer_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.question_id}"
