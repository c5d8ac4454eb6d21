from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.tenancy.base import TenantModel
from agency.validity import Valid


@audited()
class DispatchAgreement(Valid):
    """The dispatch agreement (劳务派遣协议) between agency and client; Labour Contract Law 58, 59."""

    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="agreements")
    number = models.CharField(_("Number"), max_length=40)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    headcount = models.PositiveIntegerField(_("Agreed headcount"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)

    class Meta(Valid.Meta):
        verbose_name = _("dispatch agreement")
        verbose_name_plural = _("dispatch agreements")
        ordering = ["-valid_from"]
        constraints = [
            *Valid.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "number"], name="clients_agreement_number_uq"),
        ]

    def __str__(self) -> str:
        return self.number


@audited()
class Post(TenantModel):
    """A post at a client; only temporary, auxiliary or substitute work may be dispatched (LCL 66, DP 3)."""

    class Nature(models.TextChoices):
        TEMPORARY = "temporary", _("Temporary")
        AUXILIARY = "auxiliary", _("Auxiliary")
        SUBSTITUTE = "substitute", _("Substitute")

    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="posts")
    name = models.CharField(_("Name"), max_length=60)
    nature = models.CharField(_("Nature"), max_length=12, choices=Nature, default=Nature.AUXILIARY)
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["client_id", "name"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "client", "name"], name="clients_post_name_uq"),
        ]

    def __str__(self) -> str:
        return self.name
