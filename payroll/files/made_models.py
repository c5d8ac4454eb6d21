"""Files that were made, as rows; their bytes lie sealed in the vault."""

from typing import Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.periods import Period
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel


class MadeFileQuerySet(AgencyQuerySet):
    def of_period(self, period: Period | str) -> Self:
        return self.filter(period=str(period))


class MadeFileManager(AgencyManager.from_queryset(MadeFileQuerySet)):  # type: ignore[misc]
    pass


class MadeFile(TenantModel):
    """A file that was made: kept sealed in the vault, known by its SHA-256, never changed."""

    kind = models.CharField(_("File"), max_length=20)
    period = models.CharField(_("Month"), max_length=7)
    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey("payroll.PayrollRun", models.PROTECT, null=True, related_name="files")
    city = models.CharField(_("City"), max_length=20, blank=True)
    name = models.CharField(_("Name"), max_length=160)
    stored = models.CharField(max_length=80, help_text="Its place in the vault.")
    digest = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField(help_text="Bytes.")
    rows = models.PositiveIntegerField(_("Rows"))
    total_fen = models.BigIntegerField(_("Total"), default=0)
    remarks = models.JSONField(default=list)
    made_by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+", verbose_name=_("Made by"))
    made_at = models.DateTimeField(_("Made"), auto_now_add=True)

    objects = MadeFileManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("made file")
        verbose_name_plural = _("made files")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["agency", "period", "kind"], name="payroll_madefile_period_ix")]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name
