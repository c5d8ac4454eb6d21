from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.tenancy.base import TenantModel


@audited()
class TaxOpeningBalance(TenantModel):
    """What this agency paid a worker and withheld in a tax year before its payroll came onto the system.

    Figures up to and including `through_month` (1–12, month of payment), in fen; `months` employed here by then.
    Figures of another employer never belong here (61号 art. 6).
    """

    class Basic(models.IntegerChoices):
        MONTHS_HERE = 0, _("5,000 for each month here")
        FIRST_JOB_OF_YEAR = 1, _("First wages of the year (declared)")
        AT_ONCE = 2, _("60,000 at once")

    worker = models.ForeignKey("workers.Worker", models.PROTECT, related_name="tax_openings")
    tax_year = models.PositiveSmallIntegerField(_("Tax year"))
    through_month = models.PositiveSmallIntegerField(_("Up to the payments of month"))
    months = models.PositiveSmallIntegerField(_("Months here by then"))
    basic_method = models.PositiveSmallIntegerField(_("Basic deduction"), choices=Basic, default=Basic.MONTHS_HERE)
    income_fen = models.BigIntegerField(_("Income"), default=0)
    exempt_fen = models.BigIntegerField(_("Exempt income"), default=0)
    special_fen = models.BigIntegerField(_("Own insurance and housing fund"), default=0)
    additional_fen = models.BigIntegerField(_("Special additional deductions"), default=0)
    pension_fen = models.BigIntegerField(_("Private pension"), default=0)
    other_fen = models.BigIntegerField(_("Other deductions"), default=0)
    relief_fen = models.BigIntegerField(_("Tax relief"), default=0)
    withheld_fen = models.BigIntegerField(_("Tax withheld"), default=0)

    class Meta(TenantModel.Meta):
        verbose_name = _("tax opening balance")
        verbose_name_plural = _("tax opening balances")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "worker", "tax_year"], name="payroll_opening_uq"),
            models.CheckConstraint(
                condition=Q(through_month__gte=1) & Q(through_month__lte=12), name="payroll_opening_month_ck"
            ),
            models.CheckConstraint(
                condition=Q(months__lte=models.F("through_month")), name="payroll_opening_months_ck"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.tax_year}"
