from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.validity import Valid, no_overlap

from .triggers import EMPLOYMENT_SPAN


@audited()
class LabourContract(Valid):
    """The labour contract (劳动合同) between agency and worker: fixed term of two years or more (LCL 58)."""

    worker = models.ForeignKey("workers.Worker", models.CASCADE, related_name="contracts")
    number = models.CharField(_("Number"), max_length=40, blank=True)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    probation_until = models.DateField(_("Probation until"), null=True, blank=True)

    class Meta(Valid.Meta):
        verbose_name = _("labour contract")
        verbose_name_plural = _("labour contracts")
        ordering = ["-valid_from"]
        constraints = [*Valid.Meta.constraints, no_overlap("workers_contract_one", "worker", fields_first=True)]
        indexes = [models.Index(fields=["agency", "worker", "valid_from"], name="workers_contract_worker_ix")]
        triggers = EMPLOYMENT_SPAN

    def __str__(self) -> str:
        return self.number or str(self.valid_from)
