from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.languages import by_language
from agency.periods import Period
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel


class FormTemplate(TenantModel):
    """A monthly form: its fields as data, by version. A version in use is never edited; a new one follows it."""

    key = models.SlugField(_("Key"), max_length=40)
    version = models.PositiveSmallIntegerField(_("Version"))
    title = models.CharField(_("Form title"), max_length=60)
    title_en = models.CharField(_("English title"), max_length=80)
    fields = models.JSONField(_("Fields"))
    due_workday = models.PositiveSmallIntegerField(_("Due on this workday of the next month"), default=2)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["key", "-version"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "key", "version"], name="servicedesk_form_version_uq"),
        ]

    def __str__(self) -> str:
        return by_language(self.title, self.title_en)


class SubmissionQuerySet(AgencyQuerySet):
    def of_period(self, period: Period) -> Self:
        return self.filter(period=str(period))

    def awaiting_review(self) -> Self:
        return self.filter(state=FormSubmission.State.SUBMITTED)


@audited()
class FormSubmission(TenantModel):
    """One person's form of a month: drafted, handed in, returned with remarks, accepted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Handed in")
        RETURNED = "returned", _("Returned")
        ACCEPTED = "accepted", _("Accepted")

    template = models.ForeignKey(FormTemplate, models.PROTECT, related_name="submissions")
    staff = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="form_submissions")
    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, null=True, blank=True, related_name="+")
    period = models.CharField(_("Month"), max_length=7)
    answers: Any = models.JSONField(default=dict)
    prefilled: Any = models.JSONField(default=dict)
    remarks: Any = models.JSONField(default=dict)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.DRAFT)
    due_on = models.DateField(_("Due on"))
    submitted_at = models.DateTimeField(null=True, blank=True)
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    returns = models.PositiveSmallIntegerField(default=0)
    reviewed_by = models.ForeignKey("agency.StaffMember", models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = AgencyManager.from_queryset(SubmissionQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-period", "due_on", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["agency", "template", "staff", "client", "period"],
                nulls_distinct=False,
                name="servicedesk_submission_uq",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("staff")), name="servicedesk_submission_four_eyes"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "period", "state"], name="servicedesk_submission_ix"),
            models.Index(fields=["agency", "staff", "period"], name="servicedesk_submission_mine_ix"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.period}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.RETURNED)
