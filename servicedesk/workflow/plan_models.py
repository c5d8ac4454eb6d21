import datetime as dt
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.periods import Period
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel
from servicedesk.workflow.template_models import BY_HAND, WITH_FILE, Category, EvidenceKind, Titled


class PlanQuerySet(AgencyQuerySet):
    def of_period(self, period: Period) -> Self:
        return self.filter(period=str(period))

    def awaiting_approval(self) -> Self:
        return self.filter(state=MonthPlan.State.SUBMITTED).order_by("submitted_at", "pk")


@audited()
class MonthPlan(TenantModel):
    """The month's plan of one specialist for one client; approved, it is the standard of the month."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Handed in")
        APPROVED = "approved", _("Approved")

    staff = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="month_plans")
    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="month_plans")
    period = models.CharField(_("Month"), max_length=7)
    template = models.ForeignKey("servicedesk.WorkflowTemplate", models.PROTECT, related_name="plans")
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("agency.StaffMember", models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.CharField(_("Why it came back"), max_length=200, blank=True)

    objects = AgencyManager.from_queryset(PlanQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("month plan")
        verbose_name_plural = _("month plans")
        ordering = ["-period", "client_id"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "staff", "client", "period"], name="servicedesk_plan_uq"),
        ]
        indexes = [models.Index(fields=["agency", "period", "state"], name="servicedesk_plan_state_ix")]

    def __str__(self) -> str:
        return f"{self.period} {self.client}"


class TaskQuerySet(AgencyQuerySet):
    def of_period(self, period: Period) -> Self:
        return self.filter(period=str(period))

    def open(self) -> Self:
        return self.filter(state=Task.State.OPEN)

    def closed(self) -> Self:
        return self.exclude(state=Task.State.OPEN)

    def late_on(self, day: dt.date) -> Self:
        """Open after their last day (inclusive)."""
        return self.open().filter(due_on__lt=day)


@audited()
class Task(Titled, TenantModel):
    """One dated piece of a plan; both days inclusive. Its state follows from evidence and predecessors.

    `evidence` is `{"refs": [...], "measured": int | null, "note": str}`: what was offered so far.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Not needed")

    plan = models.ForeignKey(MonthPlan, models.CASCADE, related_name="tasks")
    # A task of the specialist's own has no step.
    step = models.ForeignKey("servicedesk.WorkflowStep", models.PROTECT, null=True, blank=True, related_name="tasks")
    number = models.PositiveSmallIntegerField(default=1)
    staff = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="tasks")
    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="tasks")
    period = models.CharField(_("Month"), max_length=7)
    category = models.CharField(_("Kind"), max_length=8, choices=Category)
    critical = models.BooleanField(default=False)
    opens_on = models.DateField(_("From"))
    due_on = models.DateField(_("Due"))
    provisional = models.BooleanField(default=False)
    # Its days were set for this month: planning again leaves them.
    moved = models.BooleanField(default=False)
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    # Who closed it by hand: another person than `staff` stood in for them.
    done_by = models.ForeignKey("agency.StaffMember", models.PROTECT, null=True, blank=True, related_name="+")
    evidence_kind = models.CharField(max_length=30, choices=EvidenceKind)
    evidence_period = models.CharField(max_length=7)
    evidence_target = models.PositiveSmallIntegerField(default=1)
    evidence = models.JSONField(default=dict)

    objects = AgencyManager.from_queryset(TaskQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["due_on", "client_id", "step__order", "number"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "plan", "step", "number"], name="servicedesk_task_uq"),
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("due_on")), name="servicedesk_task_window"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(done_at__isnull=False), name="servicedesk_task_done_at"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "staff", "period", "state"], name="servicedesk_task_staff_ix"),
            models.Index(fields=["agency", "client", "evidence_period"], name="servicedesk_task_client_ix"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.title}"

    @property
    def amount(self) -> int:
        """How much of the target the evidence reaches."""
        measured = self.evidence.get("measured")
        return len(self.evidence.get("refs", [])) if measured is None else measured

    @property
    def has_enough(self) -> bool:
        return self.amount >= self.evidence_target

    @property
    def is_by_hand(self) -> bool:
        """Whether the specialist closes it; otherwise another room's fact does."""
        return self.evidence_kind in BY_HAND

    @property
    def needs_file(self) -> bool:
        return self.evidence_kind in WITH_FILE

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_late_on(self, day: dt.date) -> bool:
        return self.is_open and self.due_on < day


def task_file_path(file: "TaskFile", name: str) -> str:
    """Keep files by agency and content: the name a person gave never reaches the file system."""
    suffix = name.rsplit(".", 1)[-1].lower()
    return f"agencies/{file.agency_id}/tasks/{file.task_id}/{file.sha256}.{suffix}"


@audited()
class TaskFile(TenantModel):
    """A file put in as evidence, with the SHA-256 of its content."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="files")
    name = models.CharField(_("File name"), max_length=120)
    content = models.FileField(upload_to=task_file_path, max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("task file")
        verbose_name_plural = _("task files")
        ordering = ["uploaded_at"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "task", "sha256"], name="servicedesk_taskfile_uq"),
        ]
        indexes = [models.Index(fields=["agency", "sha256"], name="servicedesk_taskfile_hash_ix")]

    def __str__(self) -> str:
        return self.name
