"""What makes a record worth a second look, and by which limits. None of it is a verdict."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.periods import Period
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel


class TextPieces(TenantModel):
    """A record's words as a sorted set of 32-bit pieces (see `texts.py`), and the MD5 of these words."""

    log = models.OneToOneField("servicedesk.CommunicationLog", models.CASCADE, related_name="text_pieces")
    digest = models.CharField(max_length=32)
    pieces = models.BinaryField()

    class Meta(TenantModel.Meta):
        verbose_name = _("text of a record, cut up")
        verbose_name_plural = _("texts of records, cut up")

    def __str__(self) -> str:
        return f"{self.log_id} {self.digest}"


class EvidenceLimits(TenantModel):
    """From where on something is a sign, in one month: taken from the agency's own confirmed records before it.

    Provisional while those are too few; then the usual limits stand, and the row is made anew at each run.
    `common` holds the pieces of phrases that everybody here writes.
    """

    period = models.CharField(_("Month"), max_length=7)
    method = models.CharField(max_length=10)
    text_permille = models.PositiveSmallIntegerField(_("Same words (‰)"))
    burst_count = models.PositiveSmallIntegerField(_("Written down within ten minutes"))
    late_days = models.PositiveSmallIntegerField(_("Days until written down"))
    speed_kmh = models.PositiveSmallIntegerField(_("Fastest way (km/h)"))
    silent_talks = models.PositiveSmallIntegerField(_("Talks never confirmed"))
    common = models.BinaryField(default=bytes)
    measured = models.PositiveIntegerField(_("Confirmed records measured"))
    provisional = models.BooleanField(_("Provisional"))
    made_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("limits of signs")
        verbose_name_plural = _("limits of signs")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "period"], name="servicedesk_limits_period_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.method}"


class SignalQuerySet(AgencyQuerySet):
    def of_period(self, period: Period) -> "SignalQuerySet":
        return self.filter(log__day__gte=period.first_day, log__day__lt=period.end)


class EvidenceSignal(TenantModel):
    """One sign at one record; `other` is the record it was compared with, earlier written down or earlier held.

    `strength` (0 to 1000) orders, `figures` holds the numbers of the explanation (see `explaining.py`).
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Same words")
        PHOTO = "photo", _("Same photo")
        OVERLAP = "overlap", _("Two places at once")
        TRAVEL = "travel", _("Too far too fast")
        BURST = "burst", _("Many at once")
        LATE = "late", _("Written down late")
        SILENT = "silent", _("Never confirmed")

    log = models.ForeignKey("servicedesk.CommunicationLog", models.CASCADE, related_name="signals")
    other = models.ForeignKey(
        "servicedesk.CommunicationLog", models.CASCADE, null=True, blank=True, related_name="signals_elsewhere"
    )
    kind = models.CharField(_("Kind of sign"), max_length=8, choices=Kind)
    strength = models.PositiveSmallIntegerField(_("Strength"))
    figures = models.JSONField(default=dict)
    computed_version = models.CharField(max_length=20)
    computed_at = models.DateTimeField(auto_now=True)

    objects = AgencyManager.from_queryset(SignalQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("sign")
        verbose_name_plural = _("signs")
        ordering = ["-strength", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["agency", "log", "kind", "other"], nulls_distinct=False, name="servicedesk_signal_uq"
            ),
            models.CheckConstraint(condition=models.Q(strength__lte=1000), name="servicedesk_signal_strength_ck"),
        ]

    def __str__(self) -> str:
        return f"{self.log_id} {self.kind}"
