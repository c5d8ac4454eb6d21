"""Talks with workers and client contacts, and what the other side says of them."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.languages import by_language
from agency.periods import Period
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel


class Topic(TenantModel):
    """What talks can be about; each agency keeps its own list."""

    key = models.SlugField(_("Key"), max_length=40)
    label = models.CharField(_("Label"), max_length=20)
    label_en = models.CharField(_("English label"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=50)
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "key"], name="servicedesk_topic_key_uq"),
        ]

    def __str__(self) -> str:
        return by_language(self.label, self.label_en)


class LogQuerySet(AgencyQuerySet):
    def of_period(self, period: Period) -> Self:
        """Talks held in a month, by the agency's local date."""
        return self.filter(day__gte=period.first_day, day__lt=period.end)

    def confirmed(self) -> Self:
        """Talks that at least one person confirmed on a device of their own."""
        return self.filter(Exists(Confirmation.objects.filter(log=OuterRef("pk")).full()))

    def unconfirmed(self) -> Self:
        """Talks that nobody confirmed on a device of their own: no answer, another answer, or a weaker yes."""
        return self.exclude(Exists(Confirmation.objects.filter(log=OuterRef("pk")).full()))


class LogManager(AgencyManager.from_queryset(LogQuerySet)):  # type: ignore[misc]
    pass


@audited()
class CommunicationLog(TenantModel):
    """One talk or visit: who, where, how, about what, and what follows from it.

    `uuid` is made by the phone, so that a form sent twice over a bad network is one talk. `day` is the agency's local
    date of `started_at`; `is_late` says that it was written down later than the day after.
    """

    class Channel(models.TextChoices):
        FACE = "face", _("Face to face")
        PHONE = "phone", _("By phone")
        WECHAT = "wechat", _("WeChat")
        PATROL = "patrol", _("On a round")

    class Place(models.TextChoices):
        OFFICE = "office", _("Our office")
        CLIENT = "client", _("At the client")
        WORKSHOP = "workshop", _("Workshop")
        DORMITORY = "dormitory", _("Dormitory")
        ELSEWHERE = "elsewhere", _("Elsewhere")

    uuid = models.UUIDField()
    staff = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="communications")
    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="communications")
    site = models.ForeignKey("clients.Site", models.PROTECT, null=True, blank=True, related_name="communications")
    channel = models.CharField(_("How you talked"), max_length=8, choices=Channel)
    place = models.CharField(_("Where it was"), max_length=10, choices=Place)
    started_at = models.DateTimeField(_("When it was"))
    day = models.DateField(_("Day"), editable=False)
    minutes = models.PositiveSmallIntegerField(_("How many minutes"))
    said = models.TextField(_("What was said"), max_length=4000)
    follow_up = models.CharField(_("Follow-up"), max_length=1000, blank=True)
    follow_up_due = models.DateField(_("Follow up by"), null=True, blank=True)
    follow_up_done_at = models.DateTimeField(null=True, blank=True)
    entered_at = models.DateTimeField(default=timezone.now)
    is_late = models.BooleanField(_("Written down late"), default=False)
    is_imported = models.BooleanField(_("From a workbook"), default=False)
    seconds = models.PositiveIntegerField(_("Seconds spent on the form"), null=True, blank=True)

    objects = LogManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("communication record")
        verbose_name_plural = _("communication records")
        ordering = ["-started_at", "-pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "uuid"], name="servicedesk_log_uuid_uq"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=720), name="servicedesk_log_minutes_ck"),
        ]
        indexes = [
            models.Index(fields=["agency", "staff", "day"], name="servicedesk_log_staff_ix"),
            models.Index(fields=["agency", "client", "day"], name="servicedesk_log_client_ix"),
            models.Index(
                fields=["agency", "staff", "follow_up_due"],
                condition=Q(follow_up_due__isnull=False, follow_up_done_at=None),
                name="servicedesk_log_due_ix",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff} {self.day}"

    @property
    def manner(self) -> str:
        """Say in one word where and how: 宿舍面谈, 电话."""
        if self.place == self.Place.ELSEWHERE:
            return self.get_channel_display()
        return _("%(place)s, %(channel)s") % {
            "place": self.get_place_display(),
            "channel": self.get_channel_display(),
        }


class LogTopic(TenantModel):
    log = models.ForeignKey(CommunicationLog, models.CASCADE, related_name="topic_rows")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("topic of a record")
        verbose_name_plural = _("topics of a record")
        ordering = ["topic__order", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "log", "topic"], name="servicedesk_logtopic_uq"),
        ]

    def __str__(self) -> str:
        return str(self.topic)


@audited()
class LogPerson(TenantModel):
    """One of those talked with: a worker or a contact of the client, exactly one of the two."""

    log = models.ForeignKey(CommunicationLog, models.CASCADE, related_name="people")
    worker = models.ForeignKey("workers.Worker", models.PROTECT, null=True, blank=True, related_name="talks")
    contact = models.ForeignKey("clients.ClientContact", models.PROTECT, null=True, blank=True, related_name="talks")

    class Meta(TenantModel.Meta):
        verbose_name = _("person of a record")
        verbose_name_plural = _("people of a record")
        ordering = ["pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(worker__isnull=True, contact__isnull=False) | Q(worker__isnull=False, contact__isnull=True),
                name="servicedesk_logperson_one_ck",
            ),
            models.UniqueConstraint(fields=["agency", "log", "worker"], name="servicedesk_logperson_worker_uq"),
            models.UniqueConstraint(fields=["agency", "log", "contact"], name="servicedesk_logperson_contact_uq"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.worker.name if self.worker else self.contact.name if self.contact else ""

    @property
    def key(self) -> str:
        """Return what forms and links call this person: w12 a worker, c3 a contact."""
        return f"w{self.worker_id}" if self.worker_id else f"c{self.contact_id}"


class ConfirmationQuerySet(AgencyQuerySet):
    def full(self) -> Self:
        """A yes on a device on which no staff member ever signed in."""
        return self.filter(answer=Confirmation.Answer.YES, same_device=False, on_paper=False)

    def doubtful(self) -> Self:
        """Answers that do not bear the record out: no, and do not remember."""
        return self.filter(answer__in=[Confirmation.Answer.NO, Confirmation.Answer.UNSURE])


class ConfirmationManager(AgencyManager.from_queryset(ConfirmationQuerySet)):  # type: ignore[misc]
    pass


@audited()
class Confirmation(TenantModel):
    """What one person says of a talk; the row exists from the start, unanswered."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes, we talked")
        NO = "no", _("No, we did not")
        UNSURE = "unsure", _("I don't remember")

    class Rating(models.IntegerChoices):
        GOOD = 3, _("Very good")
        FAIR = 2, _("All right")
        BAD = 1, _("Not good")

    log = models.ForeignKey(CommunicationLog, models.CASCADE, related_name="confirmations")
    person = models.OneToOneField(LogPerson, models.CASCADE, related_name="confirmation")
    answer = models.CharField(_("Answer"), max_length=6, choices=Answer, null=True, blank=True)
    rating = models.PositiveSmallIntegerField(_("Rating"), choices=Rating, null=True, blank=True)
    remark = models.CharField(_("Their words"), max_length=400, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    same_device = models.BooleanField(_("On a device of ours"), default=False)
    on_paper = models.BooleanField(_("On paper, brought in by us"), default=False)
    link_made_at = models.DateTimeField(null=True, blank=True)

    objects = ConfirmationManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=3),
                name="servicedesk_confirmation_rating_ck",
            ),
            models.CheckConstraint(
                condition=Q(answer=None, answered_at=None) | Q(answer__isnull=False, answered_at__isnull=False),
                name="servicedesk_confirmation_answered_ck",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "-answered_at"],
                condition=Q(answer__in=["no", "unsure"]),
                name="servicedesk_confirm_doubt_ix",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.answer or '—'}"

    @property
    def weighs_less(self) -> bool:
        """Tell whether the answer did not reach us on a device of the person's own."""
        return self.same_device or self.on_paper
