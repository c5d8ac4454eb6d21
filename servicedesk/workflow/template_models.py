from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.languages import by_language
from agency.tenancy.base import TenantModel
from agency.validity import Valid, ValidityManager, ValidityQuerySet, no_overlap


class Category(models.TextChoices):
    """Two thirds of the time belong to talks, one third to routine."""

    TALK = "talk", _("Talks")
    ROUTINE = "routine", _("Routine")


class EvidenceKind(models.TextChoices):
    """What closes a task: a fact another room announces, a file, or (none) the specialist's word."""

    ROSTER_IMPORTED = "roster.imported", _("The roster is imported")
    PAYROLL_COMPUTED = "payroll.computed", _("The payroll is computed")
    PAYROLL_APPROVED = "payroll.approved", _("The payroll is approved")
    PAYROLL_PUBLISHED = "payroll.published", _("The payslips are out")
    INSURANCE_DECLARED = "insurance.declared", _("The insurance receipt is filed")
    WORK_REPORT = "form.accepted:work_report", _("The work report is accepted")
    TALKS_WITH_WORKERS = "communication.workers", _("Talks with workers are logged")
    TALKS_WITH_CONTACTS = "communication.contacts", _("Talks with the client's managers are logged")
    DORMITORY_VISITS = "communication.dormitory", _("A dormitory visit is logged")
    FILE = "file", _("A file is put in")
    NONE = "none", _("You say so, with a note")


BY_HAND = frozenset({EvidenceKind.FILE, EvidenceKind.INSURANCE_DECLARED, EvidenceKind.NONE})
WITH_FILE = frozenset({EvidenceKind.FILE, EvidenceKind.INSURANCE_DECLARED})


class TargetBasis(models.TextChoices):
    """How the number of pieces of evidence that a task needs is found when the plan is made."""

    FIXED = "fixed", _("a fixed number")
    WORKERS = "workers", _("per cent of the client's workers")
    DORMITORIES = "dormitories", _("only where the client has a dormitory")


class Titled(models.Model):
    """A title in Chinese and in English."""

    title = models.CharField(_("Title"), max_length=40)
    title_en = models.CharField(_("Title in English"), max_length=80, blank=True)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """The title in the reader's language."""
        return by_language(self.title, self.title_en)


class TemplateQuerySet(ValidityQuerySet):
    def published(self) -> Self:
        """Versions that hold or held in some month; a draft holds in none."""
        return self.filter(is_draft=False)


class TemplateManager(ValidityManager.from_queryset(TemplateQuerySet)):  # type: ignore[misc]
    pass


@audited()
class WorkflowTemplate(Valid):
    """A version of the agency's standard procedure; plans are made from the one valid on the month's first day.

    A draft is being written: it holds in no month, and there is at most one.
    """

    name = models.CharField(_("Name"), max_length=60)
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    provisional = models.BooleanField(_("Provisional"), default=False)
    is_draft = models.BooleanField(_("Draft"), default=False)

    objects = TemplateManager()

    class Meta(Valid.Meta):
        verbose_name = _("standard procedure")
        verbose_name_plural = _("standard procedures")
        ordering = ["-valid_from"]
        constraints = [
            *Valid.Meta.constraints,
            no_overlap("servicedesk_template_one", condition=models.Q(is_draft=False)),
            models.UniqueConstraint(fields=["agency", "name", "version"], name="servicedesk_template_version_uq"),
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(is_draft=True), name="servicedesk_template_draft_uq"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


@audited()
class WorkflowStep(Titled, TenantModel):
    """One step: when it may start and must be done (`window`, see `windows.py`), and what closes it.

    `about_months` says which month the step is about: -1 in October means September, as wages are.
    """

    template = models.ForeignKey(WorkflowTemplate, models.CASCADE, related_name="steps")
    key = models.SlugField(max_length=40)
    category = models.CharField(_("Kind"), max_length=8, choices=Category, default=Category.ROUTINE)
    order = models.PositiveSmallIntegerField(default=50)
    window = models.JSONField(_("Window"))
    critical = models.BooleanField(_("Critical"), default=False)
    about_months = models.SmallIntegerField(default=0)
    evidence_kind = models.CharField(_("Evidence"), max_length=30, choices=EvidenceKind, default=EvidenceKind.NONE)
    evidence_target = models.PositiveSmallIntegerField(_("Target"), default=1)
    shift_limit = models.PositiveSmallIntegerField(
        _("May be moved by"),
        default=3,
        help_text=_("Workdays by which a client's plan may move it; 0 means not at all."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("Minutes"), default=60, help_text=_("How long it usually takes; talks are measured, not estimated.")
    )
    target_basis = models.CharField(max_length=12, choices=TargetBasis, default=TargetBasis.FIXED)
    hint = models.CharField(_("Hint"), max_length=120, blank=True)
    hint_en = models.CharField(max_length=160, blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    provisional = models.BooleanField(_("Provisional"), default=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["order", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "template", "key"], name="servicedesk_step_key_uq"),
        ]

    def __str__(self) -> str:
        return self.key


@audited()
class StepDependency(TenantModel):
    """`step` may close only after `requires` has."""

    step = models.ForeignKey(WorkflowStep, models.CASCADE, related_name="dependencies")
    requires = models.ForeignKey(WorkflowStep, models.CASCADE, related_name="successors")

    class Meta(TenantModel.Meta):
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "step", "requires"], name="servicedesk_dependency_uq"),
            models.CheckConstraint(
                condition=~models.Q(step=models.F("requires")), name="servicedesk_dependency_not_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requires_id} → {self.step_id}"


@audited()
class StepAdaptation(TenantModel):
    """How one client differs from the standard procedure: another window, or no such step, and why."""

    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="+")
    step = models.ForeignKey(WorkflowStep, models.CASCADE, related_name="adaptations")
    window = models.JSONField(_("Window"), null=True, blank=True)
    left_out = models.BooleanField(_("Not needed here"), default=False)
    reason = models.CharField(_("Reason"), max_length=120)

    class Meta(TenantModel.Meta):
        verbose_name = _("adaptation")
        verbose_name_plural = _("adaptations")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "client", "step"], name="servicedesk_adaptation_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.step_id}"
