from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agency.periods import Period
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel
from servicedesk.scoring.card_models import Kind, Rule, Scorecard
from servicedesk.workflow.template_models import Titled


class SheetQuerySet(AgencyQuerySet):
    def latest(self) -> Self:  # type: ignore[override]
        """The sheet that counts for each person and month."""
        return self.filter(is_latest=True)

    def of_period(self, period: Period) -> Self:
        return self.filter(period=str(period))


class ScoreSheet(TenantModel):
    """One person's month as it was scored, with all it was computed from; a new version follows when that changed.

    Points are tenths. The row never changes, but for `is_latest`; `inputs` alone gives the same result again
    (`replaying.replay`).
    """

    staff = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="score_sheets")
    period = models.CharField(_("Month"), max_length=7)
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    is_latest = models.BooleanField(default=True)
    card = models.ForeignKey(Scorecard, models.PROTECT, related_name="sheets")
    compliance_tenths = models.PositiveIntegerField(_("Compliance"))
    performance_tenths = models.PositiveIntegerField(_("Performance"))
    total_tenths = models.PositiveIntegerField(_("Score"))
    max_tenths = models.PositiveIntegerField(_("Full score"))
    computed_at = models.DateTimeField(default=timezone.now)
    inputs: Any = models.JSONField()
    inputs_digest = models.CharField(max_length=64)

    objects = AgencyManager.from_queryset(SheetQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        ordering = ["-period", "-version"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "staff", "period", "version"], name="servicedesk_sheet_uq"),
            models.UniqueConstraint(
                fields=["agency", "staff", "period"], condition=Q(is_latest=True), name="servicedesk_sheet_latest_uq"
            ),
            models.CheckConstraint(
                condition=Q(total_tenths=F("compliance_tenths") + F("performance_tenths"))
                & Q(total_tenths__lte=F("max_tenths")),
                name="servicedesk_sheet_adds_up_ck",
            ),
        ]
        indexes = [models.Index(fields=["agency", "period"], condition=Q(is_latest=True), name="servicedesk_sheet_ix")]
        triggers = [
            pgtrigger.ReadOnly(name="sheet_stays", exclude=["is_latest"]),
            pgtrigger.Protect(name="sheet_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.staff}"

    @property
    def lost_tenths(self) -> int:
        return self.max_tenths - self.total_tenths


class ScoreLine(Titled, TenantModel):
    """One line of a sheet: measured `numerator / denominator`, points won of those it could give, in tenths.

    A line that did not apply is kept with `used` False; its points went to the others.
    """

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="lines")
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=12, choices=Kind)
    order = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=40)
    rule = models.CharField(max_length=8, choices=Rule)
    target = models.CharField(_("Target"), max_length=20, blank=True)
    numerator = models.BigIntegerField(default=0)
    denominator = models.BigIntegerField(default=0)
    base_tenths = models.PositiveIntegerField()
    points_tenths = models.PositiveIntegerField()
    max_tenths = models.PositiveIntegerField()
    used = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("score line")
        verbose_name_plural = _("score lines")
        ordering = ["order", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "sheet", "key"], name="servicedesk_scoreline_uq"),
            models.CheckConstraint(
                condition=Q(points_tenths__lte=F("max_tenths")) & (Q(used=True) | Q(max_tenths=0)),
                name="servicedesk_scoreline_points_ck",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="line_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.key}"

    @property
    def lost_tenths(self) -> int:
        return self.max_tenths - self.points_tenths
