from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel

SILENCE = timedelta(seconds=settings.JOB_SILENCE_SECONDS)


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


ACTIVE = (State.QUEUED, State.RUNNING)


class BackgroundJobQuerySet(AgencyQuerySet):
    def active(self) -> Self:
        return self.filter(state__in=ACTIVE)

    def claimable(self) -> Self:
        """Jobs that wait, or whose worker has died."""
        dead = Q(state=State.RUNNING, heartbeat_at__lt=timezone.now() - SILENCE)
        return self.filter(Q(state=State.QUEUED) | dead)


class BackgroundJobManager(AgencyManager.from_queryset(BackgroundJobQuerySet)):  # type: ignore[misc]
    pass


class BackgroundJob(TenantModel):
    """Long work in the background: what it is, how far it got, how it ended. Never holds wages or numbers."""

    kind = models.CharField(max_length=60)
    title = models.CharField(_("Title"), max_length=160)
    key = models.CharField(max_length=200, help_text="Two active jobs never share a key.")
    arguments = models.JSONField(default=dict)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.QUEUED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    message = models.CharField(_("Message"), max_length=400, blank=True)
    result = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True, help_text="Where the result is shown.")
    attempt = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey("agency.StaffMember", models.PROTECT, null=True, related_name="jobs")
    created_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = BackgroundJobManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["agency", "-created_at"], name="agency_job_at_ix")]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["agency", "key"],
                condition=Q(state__in=("queued", "running")),
                name="agency_job_key_uq",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_silent(self) -> bool:
        """Its worker has died: it may be repeated."""
        heard = self.heartbeat_at
        return self.state == State.RUNNING and heard is not None and heard < timezone.now() - SILENCE

    @property
    def bar_state(self) -> str:
        """The look of its bar: ok, bad or plain."""
        if self.state == State.FAILED or self.is_silent:
            return "bad"
        return "ok" if self.state == State.DONE else ""

    @property
    def percent(self) -> int:
        """Whole percent, 100 only when done."""
        if self.state == State.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0
