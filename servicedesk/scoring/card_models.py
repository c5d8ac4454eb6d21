from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.tenancy.base import TenantModel
from agency.validity import Valid, no_overlap
from servicedesk.workflow.template_models import Titled


class Kind(models.TextChoices):
    COMPLIANCE = "compliance", _("Compliance")
    PERFORMANCE = "performance", _("Performance")


class Rule(models.TextChoices):
    """How a measured value becomes points; see `points.py`."""

    LINEAR = "linear", _("between floor and target, in proportion")
    DEDUCT = "deduct", _("so much off for each event")
    BANDS = "bands", _("by steps")


@audited()
class Scorecard(Valid):
    """A version of the agency's scoring rules; a month is scored by the card valid on its first day."""

    name = models.CharField(_("Name"), max_length=60)
    version = models.CharField(_("Version"), max_length=20)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    provisional = models.BooleanField(_("Provisional"), default=False)

    class Meta(Valid.Meta):
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        ordering = ["-valid_from"]
        constraints = [
            *Valid.Meta.constraints,
            no_overlap("servicedesk_scorecard_one"),
            models.UniqueConstraint(fields=["agency", "name", "version"], name="servicedesk_scorecard_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


@audited()
class ScorecardLine(Titled, TenantModel):
    """One line of a card: what is measured, the target (a fraction like "98/100"), and the points it can give.

    `params` holds what the rule needs (`floor`, `per`, `bands`) and what the measure needs.
    """

    card = models.ForeignKey(Scorecard, models.CASCADE, related_name="lines")
    key = models.SlugField(max_length=40)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    order = models.PositiveSmallIntegerField(default=50)
    measure = models.CharField(_("Measure"), max_length=40)
    rule = models.CharField(_("Rule"), max_length=8, choices=Rule, default=Rule.LINEAR)
    target = models.CharField(_("Target"), max_length=20, blank=True)
    points = models.PositiveSmallIntegerField(_("Points"))
    params = models.JSONField(default=dict, blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("scorecard line")
        verbose_name_plural = _("scorecard lines")
        ordering = ["order", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "card", "key"], name="servicedesk_scorecardline_uq"),
            models.CheckConstraint(condition=models.Q(points__gte=1), name="servicedesk_scorecardline_points_ck"),
        ]

    def __str__(self) -> str:
        return self.key
