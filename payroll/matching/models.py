from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.privacy.retention import WAGE_RECORD, retain
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel


class BureauQuerySet(AgencyQuerySet):
    def insured(self) -> "BureauQuerySet":
        """Records of people the bureau counts as insured."""
        return self.filter(insured=True)


class BureauManager(AgencyManager.from_queryset(BureauQuerySet)):  # type: ignore[misc]
    pass


class BureauRecord(TenantModel):
    """What a social insurance bureau's list says of one person in a month; amounts in fen.

    The identity number is kept as the blind index of the roster only, so that a person can be found and not read.
    `worker` is empty for somebody the roster does not know.
    """

    period = models.CharField(_("Month"), max_length=7)
    city = models.CharField(_("City of insurance"), max_length=20)
    identity_key = models.CharField(max_length=64)
    name = models.CharField(_("Full name"), max_length=80)
    worker = models.ForeignKey("workers.Worker", models.SET_NULL, related_name="bureau_records", null=True)
    insured = models.BooleanField(_("Insured"), default=True)
    paid = models.BooleanField(_("Paid in"), default=False)
    base_fen = models.BigIntegerField(_("Base (fen)"), default=0)
    employer_fen = models.BigIntegerField(_("Employer's part (fen)"), default=0)
    employee_fen = models.BigIntegerField(_("Worker's part (fen)"), default=0)
    imported_at = models.DateTimeField(auto_now=True)

    objects = BureauManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("record of the bureau")
        verbose_name_plural = _("records of the bureau")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["agency", "period", "city", "identity_key"], name="payroll_bureau_record_uq"
            ),
        ]
        indexes = [models.Index(fields=["agency", "period", "worker"], name="payroll_bureau_worker_ix")]

    def __str__(self) -> str:
        return f"{self.period} {self.city}"

    @property
    def due_fen(self) -> int:
        return self.employer_fen + self.employee_fen


retain(
    "payroll.BureauRecord",
    ["identity_key", "name"],
    purpose="comparing what the bureau insures with whom we employ",
    keep=WAGE_RECORD,
)
