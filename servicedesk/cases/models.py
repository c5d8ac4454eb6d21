"""A case (工单), what was said and done about it, and which cases belong together."""

import uuid
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.privacy.fields import EncryptedTextField
from agency.privacy.retention import Keep, retain
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel

from .category_models import CannedAnswer, CaseCategory
from .states import FINISHED, TRANSITIONS, UNFINISHED, WAITING, State

__all__ = ["CannedAnswer", "Case", "CaseCategory", "CaseEntry", "CaseLink"]


def _person(**options: Any) -> models.ForeignKey:
    return models.ForeignKey("agency.StaffMember", models.PROTECT, null=True, blank=True, **options)


class CaseQuerySet(AgencyQuerySet):
    def waiting(self) -> Self:
        """Cases in which somebody waits for our word."""
        return self.filter(state__in=WAITING)

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def finished(self) -> Self:
        return self.filter(state__in=FINISHED)

    def overdue(self, now: Any) -> Self:
        return self.filter(due_at__lt=now)

    def by_urgency(self) -> Self:
        """What is due first comes first; what is finished comes last, the newest of it before the others."""
        return self.order_by(F("due_at").asc(nulls_last=True), "-received_at", "-pk")


class CaseManager(AgencyManager.from_queryset(CaseQuerySet)):  # type: ignore[misc]
    pass


@audited()
class Case(TenantModel):
    """One question or complaint of a worker, a client's contact, or somebody who gave no name.

    `due_at` is what is due now: the answer while somebody waits for one, then the settlement; nothing when finished.
    `confidential` cases are kept from every specialist, those `about` somebody from that person whatever their roles.
    `uuid` is made by the form, so that a form sent twice over a bad network is one case.
    """

    class Channel(models.TextChoices):
        LINK = "link", _("By a link")
        PHONE = "phone", _("By phone")
        PERSON = "person", _("In person")
        POSTER = "poster", _("By the poster")
        PAYSLIP = "payslip", _("From the payslip")

    class Rating(models.IntegerChoices):
        GOOD = 3, _("Satisfied")
        FAIR = 2, _("So-so")
        BAD = 1, _("Not satisfied")

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    number = models.CharField(_("Number"), max_length=12)
    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="cases")
    site = models.ForeignKey("clients.Site", models.PROTECT, null=True, blank=True, related_name="cases")
    worker = models.ForeignKey("workers.Worker", models.PROTECT, null=True, blank=True, related_name="cases")
    contact = models.ForeignKey("clients.ClientContact", models.PROTECT, null=True, blank=True, related_name="cases")
    caller = EncryptedTextField(_("Name given"), purpose="case_caller", blank=True)
    phone = EncryptedTextField(_("Phone given"), purpose="phone", blank=True)
    channel = models.CharField(_("How it came"), max_length=8, choices=Channel)
    category = models.ForeignKey(CaseCategory, models.PROTECT, related_name="cases")
    subject = EncryptedTextField(_("Subject"), purpose="case_text")
    text = EncryptedTextField(_("In their words"), purpose="case_text", blank=True)
    confidential = models.BooleanField(_("Head office only"), default=False)
    about = _person(related_name="+", verbose_name=_("About"))
    assignee = _person(related_name="cases", verbose_name=_("In charge"))
    entered_by = _person(related_name="+", verbose_name=_("Entered by"))
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.OPEN)
    happened_on = models.DateField(_("Day of the accident"), null=True, blank=True)
    received_at = models.DateTimeField(_("Received"), default=timezone.now)
    first_due_at = models.DateTimeField(_("First answer due"))
    resolution_due_at = models.DateTimeField(_("Settlement due"))
    due_at = models.DateTimeField(_("Due"), null=True, blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(_("Times asked again"), default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    dispute = models.ForeignKey("payroll.PayslipDispute", models.PROTECT, null=True, blank=True, related_name="cases")
    rating = models.PositiveSmallIntegerField(_("Satisfaction"), choices=Rating, null=True, blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)

    objects = CaseManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-received_at", "-pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "number"], name="servicedesk_case_number_uq"),
            models.UniqueConstraint(fields=["agency", "uuid"], name="servicedesk_case_uuid_uq"),
            models.UniqueConstraint(fields=["agency", "dispute"], name="servicedesk_case_dispute_uq"),
            models.CheckConstraint(condition=Q(worker=None) | Q(contact=None), name="servicedesk_case_asker_ck"),
            models.CheckConstraint(
                condition=Q(about=None) | Q(confidential=True), name="servicedesk_case_confidential_ck"
            ),
            models.CheckConstraint(
                condition=Q(about=None) | Q(assignee=None) | ~Q(about=F("assignee")), name="servicedesk_case_about_ck"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, due_at=None) | Q(state__in=UNFINISHED, due_at__isnull=False),
                name="servicedesk_case_due_ck",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | Q(merged_into__isnull=False) | Q(resolved_at__isnull=False),
                name="servicedesk_case_closed_ck",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=3), name="servicedesk_case_rating_ck"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "assignee", "due_at"],
                condition=Q(due_at__isnull=False),
                name="servicedesk_case_mine_ix",
            ),
            models.Index(fields=["agency", "state", "due_at"], name="servicedesk_case_due_ix"),
            models.Index(fields=["agency", "client", "-received_at"], name="servicedesk_case_client_ix"),
            models.Index(fields=["agency", "worker", "-received_at"], name="servicedesk_case_worker_ix"),
        ]
        triggers = [
            pgtrigger.FSM(name="moves", field="state", transitions=TRANSITIONS),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def asker(self) -> str:
        """Name who asks, as far as we know."""
        if self.worker or self.contact:
            return str(self.worker or self.contact)
        return self.caller or str(_("No name given"))

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED


class CaseEntry(TenantModel):
    """One thing said or done about a case; never changed. `staff` is empty for the asker and for the system."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("Our answer")
        NOTE = "note", _("Internal note")
        WORDS = "words", _("The asker writes")
        STATE = "state", _("State")
        HAND_OVER = "hand_over", _("Handed over")
        ESCALATED = "escalated", _("Overdue")
        MERGED = "merged", _("Joined up")
        LINKED = "linked", _("Linked")

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    text = EncryptedTextField(purpose="case_text", blank=True)
    state = models.CharField(max_length=10, choices=State, blank=True)
    staff = _person(related_name="+")
    to_staff = _person(related_name="+")
    other = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = _("case entry")
        verbose_name_plural = _("case entries")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["agency", "case", "at"], name="servicedesk_caseentry_ix")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class CaseLink(TenantModel):
    """Two cases with one cause; the older one is `first`."""

    first = models.ForeignKey(Case, models.PROTECT, related_name="links")
    second = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("linked cases")
        verbose_name_plural = _("linked cases")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "first", "second"], name="servicedesk_caselink_uq"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="servicedesk_caselink_order_ck"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.second_id}"


CASE_RECORD = Keep("closing of the case", 24, "Labour Dispute Mediation and Arbitration Law art. 27; PIPL art. 19")
retain(
    "servicedesk.Case",
    ["caller", "phone", "subject", "text"],
    purpose="answering a question or complaint",
    keep=CASE_RECORD,
)
retain("servicedesk.CaseEntry", ["text"], purpose="answering a question or complaint", keep=CASE_RECORD)
