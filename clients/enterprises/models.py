from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.named import Named
from agency.privacy.retention import WHILE_CLIENT, retain
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel


class ClientQuerySet(AgencyQuerySet):
    def served(self) -> "ClientQuerySet":
        """Clients the agency works for now."""
        return self.filter(ended_on=None)


@audited()
class ClientEnterprise(Named):
    """A client enterprise (用工单位) to whose posts workers are dispatched."""

    short_name = models.CharField(_("Short name"), max_length=20)
    credit_code = models.CharField(_("Unified social credit code"), max_length=18)
    city = models.CharField(_("City"), max_length=40, blank=True)
    industry = models.CharField(_("Industry"), max_length=60, blank=True)
    own_staff = models.PositiveIntegerField(
        _("Own employees"),
        null=True,
        blank=True,
        help_text=_("For the 10% limit (Labour Contract Law 66, DP 4)."),
    )
    pay_day = models.PositiveSmallIntegerField(
        _("Pay day"), default=15, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    colour = models.PositiveSmallIntegerField(default=1, editable=False, help_text="1-5: identity, never a judgement.")
    started_on = models.DateField(_("Client since"), null=True, blank=True)
    ended_on = models.DateField(_("Client until"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)

    objects = AgencyManager.from_queryset(ClientQuerySet)()

    class Meta(Named.Meta):
        verbose_name = _("client enterprise")
        verbose_name_plural = _("client enterprises")
        constraints = [
            *Named.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "credit_code"], name="clients_client_code_uq"),
        ]
        indexes = [models.Index(fields=["agency", "name_pinyin"], name="clients_client_name_ix")]


@audited()
class Site(TenantModel):
    """A place of a client: workshop, dormitory or office (厂区、宿舍、办公点)."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop")
        DORMITORY = "dormitory", _("Dormitory")
        OFFICE = "office", _("Office")

    client = models.ForeignKey(ClientEnterprise, models.PROTECT, related_name="sites")
    name = models.CharField(_("Name"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind, default=Kind.WORKSHOP)
    address = models.CharField(_("Address"), max_length=120, blank=True)
    latitude = models.DecimalField(_("Latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("Longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["client_id", "kind", "name"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "client", "name"], name="clients_site_name_uq"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def icon(self) -> str:
        """The symbol of its kind."""
        return {"workshop": "factory", "dormitory": "dorm"}.get(self.kind, "office")


retain("clients.Site", ["latitude", "longitude"], purpose="where the site is, no person", keep=WHILE_CLIENT)
