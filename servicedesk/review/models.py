from fractions import Fraction
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.periods import Period
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel
from agency.validity import Valid, no_overlap

from .sampling import METHOD, Rate


class SpotCheckPolicy(Valid):
    """How much is drawn, by date: permille of each specialist's confirmed and unconfirmed talks, and a floor."""

    version = models.CharField(_("Version"), max_length=20)
    confirmed_permille = models.PositiveSmallIntegerField(_("Of confirmed talks (‰)"))
    confirmed_floor = models.PositiveSmallIntegerField(_("At least, of confirmed talks"))
    unconfirmed_permille = models.PositiveSmallIntegerField(_("Of unconfirmed talks (‰)"))
    unconfirmed_floor = models.PositiveSmallIntegerField(_("At least, of unconfirmed talks"))
    target_percent = models.PositiveSmallIntegerField(_("Target (%)"), default=90)
    source = models.CharField(_("Source"), max_length=200)

    class Meta(Valid.Meta):
        verbose_name = _("spot-check policy")
        verbose_name_plural = _("spot-check policies")
        constraints = [*Valid.Meta.constraints, no_overlap("servicedesk_checkpolicy_one")]

    def __str__(self) -> str:
        return self.version

    @property
    def rates(self) -> dict[str, Rate]:
        return {
            "confirmed": Rate(self.confirmed_permille, self.confirmed_floor),
            "unconfirmed": Rate(self.unconfirmed_permille, self.unconfirmed_floor),
        }


@audited(exclude=["listing"])
class SpotCheck(TenantModel):
    """One draw from a month's talks: the seed, the fingerprint of what could be drawn, and who drew."""

    period = models.CharField(_("Month"), max_length=7)
    number = models.PositiveSmallIntegerField(_("Number"))
    policy = models.ForeignKey(SpotCheckPolicy, models.PROTECT, related_name="checks")
    method = models.CharField(_("Method"), max_length=20, default=METHOD)
    seed = models.CharField(_("Seed"), max_length=64)
    population = models.PositiveIntegerField(_("Talks to draw from"))
    population_digest = models.CharField(_("Fingerprint of the list"), max_length=64)
    listing = models.JSONField(default=dict, help_text="staff/stratum → talk uuids: what could be drawn.")
    drawn_by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("spot check")
        verbose_name_plural = _("spot checks")
        ordering = ["-period", "-number"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "period", "number"], name="servicedesk_check_number_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.period} / {self.number}"


class ItemQuerySet(AgencyQuerySet):
    def of_period(self, period: Period) -> Self:
        return self.filter(check_of__period=str(period))

    def answered(self) -> Self:
        """Items whose truth is known: neither waiting nor unreachable."""
        return self.filter(outcome__in=[SpotCheckItem.Outcome.TRUE, *SpotCheckItem.FAULTS])

    def waiting(self) -> Self:
        return self.filter(outcome=SpotCheckItem.Outcome.PENDING)


@audited()
class SpotCheckItem(TenantModel):
    """One drawn talk and what the check found. Its chance of being drawn was `drawn / stratum_size`."""

    class Stratum(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        UNCONFIRMED = "unconfirmed", _("Not confirmed")

    class Outcome(models.TextChoices):
        PENDING = "pending", _("To check")
        TRUE = "true", _("True")
        PARTLY = "partly", _("Differs in part")
        FALSE = "false", _("Not true")
        UNREACHABLE = "unreachable", _("Could not be reached")

    FAULTS = (Outcome.PARTLY, Outcome.FALSE)

    check_of = models.ForeignKey(SpotCheck, models.CASCADE, related_name="items")
    log = models.ForeignKey("servicedesk.CommunicationLog", models.PROTECT, related_name="spot_checks")
    staff = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+")
    stratum = models.CharField(_("Stratum"), max_length=12, choices=Stratum)
    rank = models.PositiveIntegerField()
    drawn = models.PositiveIntegerField()
    stratum_size = models.PositiveIntegerField()
    outcome = models.CharField(_("Outcome"), max_length=12, choices=Outcome, default=Outcome.PENDING)
    note = models.CharField(_("What was found"), max_length=400, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    checked_by = models.ForeignKey("agency.StaffMember", models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    objects = AgencyManager.from_queryset(ItemQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("drawn talk")
        verbose_name_plural = _("drawn talks")
        ordering = ["check_of", "staff__name_pinyin", "stratum", "rank"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "log"], name="servicedesk_checkitem_log_uq"),
            models.CheckConstraint(
                condition=Q(drawn__gte=1, stratum_size__gte=models.F("drawn")), name="servicedesk_checkitem_chance_ck"
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["partly", "false"]) | ~Q(note=""), name="servicedesk_checkitem_note_ck"
            ),
        ]
        indexes = [models.Index(fields=["agency", "staff", "outcome"], name="servicedesk_checkitem_staff_ix")]

    def __str__(self) -> str:
        return f"{self.staff} {self.get_outcome_display()}"

    @property
    def chance(self) -> Fraction:
        return Fraction(self.drawn, self.stratum_size)
