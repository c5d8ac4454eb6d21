from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.validity import Valid, no_overlap

from .reasons import reason_text


@audited()
class Placement(Valid):
    """A worker at a client's post and site, from–to (派遣用工). One placement at a time."""

    worker = models.ForeignKey("workers.Worker", models.CASCADE, related_name="placements")
    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="placements")
    site = models.ForeignKey("clients.Site", models.PROTECT, null=True, blank=True, related_name="placements")
    post = models.ForeignKey("clients.Post", models.PROTECT, related_name="placements")
    base_wage_fen = models.BigIntegerField(_("Base wage a month (fen)"), default=0)
    internship = models.BooleanField(_("Student on internship"), default=False)
    cover = models.CharField(_("Accident insurance of the intern"), max_length=80, blank=True)
    end_reason = models.CharField(_("Reason for leaving"), max_length=80, blank=True)

    class Meta(Valid.Meta):
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["-valid_from"]
        constraints = [
            *Valid.Meta.constraints,
            no_overlap("workers_placement_one", "worker", fields_first=True),
            models.CheckConstraint(condition=models.Q(base_wage_fen__gte=0), name="workers_placement_wage_ck"),
        ]
        indexes = [
            models.Index(fields=["agency", "client", "valid_from"], name="workers_placement_client_ix"),
            models.Index(fields=["agency", "worker", "valid_from"], name="workers_placement_worker_ix"),
        ]

    @property
    def reason_text(self) -> str:
        """Why it ended, in the reader's language."""
        return reason_text(self.end_reason)

    def __str__(self) -> str:
        return f"{self.client_id} {self.valid_from}"
