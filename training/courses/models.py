"""Courses, their dated sessions, and who came."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.periods import Period
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel


class Course(TenantModel):
    """What is taught, and to what end; each session of it is one date."""

    class Form(models.TextChoices):
        LECTURE = "lecture", _("Lecture")
        EXCHANGE = "exchange", _("Learning from each other")
        FIELD = "field", _("On site")
        ONLINE = "online", _("Online")

    title = models.CharField(_("Course title"), max_length=40)
    form = models.CharField(_("Way of training"), max_length=10, choices=Form, default=Form.LECTURE)
    goal = models.CharField(_("Goal"), max_length=200, help_text=_("What people can do afterwards, in one sentence."))
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["title", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "title"], name="training_course_title_uq"),
        ]

    def __str__(self) -> str:
        return self.title


class SessionQuerySet(AgencyQuerySet):
    def of_year(self, year: int) -> Self:
        return self.filter(held_on__year=year)

    def of_period(self, period: Period) -> Self:
        """Sessions held in a month."""
        return self.filter(held_on__gte=period.first_day, held_on__lt=period.end)


class SessionManager(AgencyManager.from_queryset(SessionQuerySet)):  # type: ignore[misc]
    pass


class Session(TenantModel):
    """One date on which a course is held."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name=_("Course"))
    held_on = models.DateField(_("Day"))
    starts_at = models.TimeField(_("Starts"), null=True, blank=True)
    ends_at = models.TimeField(_("Ends"), null=True, blank=True)
    place = models.CharField(_("Place"), max_length=60)
    trainer = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+", verbose_name=_("Taught by"))
    materials = models.TextField(_("Materials"), max_length=8000, blank=True)

    objects = SessionManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["held_on", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "course", "held_on"], name="training_session_day_uq"),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="training_session_times_ck",
            ),
        ]
        indexes = [models.Index(fields=["agency", "held_on"], name="training_session_day_ix")]

    def __str__(self) -> str:
        return f"{self.course} {self.held_on}"


@audited()
class Attendance(TenantModel):
    """One person asked to one session, and whether they came. A single count in the score: hence the history."""

    class State(models.TextChoices):
        INVITED = "invited", _("Asked to come")
        PRESENT = "present", _("Came")
        ABSENT = "absent", _("Did not come")
        EXCUSED = "excused", _("Excused")

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    staff = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="attendances")
    state = models.CharField(_("Attendance"), max_length=8, choices=State, default=State.INVITED)
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey("agency.StaffMember", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["staff__name_pinyin", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "session", "staff"], name="training_attendance_uq"),
        ]
        indexes = [models.Index(fields=["agency", "staff", "session"], name="training_attendance_staff_ix")]

    def __str__(self) -> str:
        return f"{self.staff}: {self.get_state_display()}"
