from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.validity import Valid, no_overlap


@audited()
class InsuranceEnrolment(Valid):
    """In which city and on which bases a worker is insured. Amounts in fen a month, rates in millionths."""

    worker = models.ForeignKey("workers.Worker", models.CASCADE, related_name="enrolments")
    city = models.CharField(_("City of insurance"), max_length=20)
    base_fen = models.BigIntegerField(_("Social insurance base (fen)"))
    housing_fund_base_fen = models.BigIntegerField(_("Housing fund base (fen)"), default=0)
    housing_fund_rate = models.PositiveIntegerField(_("Housing fund rate (millionths)"), default=0)
    supplementary_fund_rate = models.PositiveIntegerField(_("Supplementary fund rate (millionths)"), default=0)
    variants = models.JSONField(
        _("Variants"), default=dict, blank=True, help_text=_("By insurance, where the city has several kinds of it.")
    )

    class Meta(Valid.Meta):
        verbose_name = _("insurance enrolment")
        verbose_name_plural = _("insurance enrolments")
        ordering = ["-valid_from"]
        constraints = [*Valid.Meta.constraints, no_overlap("workers_enrolment_one", "worker", fields_first=True)]
        indexes = [models.Index(fields=["agency", "worker", "valid_from"], name="workers_enrolment_worker_ix")]

    def __str__(self) -> str:
        return self.city
