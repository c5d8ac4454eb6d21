from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import TenantModel


class Agency(models.Model):
    """A labour-dispatch agency (劳务派遣单位): the tenant. The one table every agency's name stands in."""

    name = models.CharField(_("Name"), max_length=80)
    short_name = models.CharField(_("Short name"), max_length=20)
    slug = models.SlugField(_("Code"), unique=True, max_length=40, validators=[RegexValidator(r"^[a-z][a-z0-9-]*$")])
    credit_code = models.CharField(_("Credit code"), max_length=18, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=40, default="Asia/Shanghai")
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    suspended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    def __str__(self) -> str:
        return self.name

    @property
    def is_suspended(self) -> bool:
        return self.suspended_at is not None


class Branch(TenantModel):
    """A branch or office of an agency (分公司、办事处)."""

    name = models.CharField(_("Name"), max_length=80)
    city = models.CharField(_("City"), max_length=40, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "name"], name="agency_branch_name_uq"),
        ]

    def __str__(self) -> str:
        return self.name


class PlatformEvent(models.Model):
    """What the platform's operator did, and why. Holds no business data of any agency."""

    name = models.CharField(max_length=80)
    by = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)
    agency_slug = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.name} {self.agency_slug}"
