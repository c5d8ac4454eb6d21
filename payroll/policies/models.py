"""The agency's policies as rows: an edition is written once and never changed, so that a payslip can name it."""

from typing import Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.tenancy.base import AgencyManager
from agency.validity import Valid, ValidityQuerySet


class EditionQuerySet(ValidityQuerySet):
    def latest_first(self) -> Self:
        """Later editions say more, also about the past: a notice that applies back comes as a new edition."""
        return self.order_by("-edition")


class PolicyManager(AgencyManager.from_queryset(EditionQuerySet)):  # type: ignore[misc]
    pass


class Policy(Valid):
    """One edition of a book of rules; the rules inside carry their own dates, sources and provisional marks.

    `digest` tells whether shipped data differs from what is installed. `provisional` is true while any rule
    of the book was not read in an official notice.
    """

    edition = models.PositiveIntegerField(_("Edition"))
    book = models.JSONField(_("Rules"))
    digest = models.CharField(max_length=64)
    source = models.CharField(_("Source"), max_length=400)
    provisional = models.BooleanField(_("Provisional"))
    installed_at = models.DateTimeField(_("Installed"), auto_now_add=True)

    objects = PolicyManager()

    class Meta(Valid.Meta):
        abstract = True
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]


class ContributionPolicy(Policy):
    """What one city asks for: social insurance and housing fund (社保公积金政策)."""

    city = models.CharField(_("City"), max_length=20)

    class Meta(Policy.Meta):
        verbose_name = _("contribution policy")
        verbose_name_plural = _("contribution policies")
        ordering = ["city", "-edition"]
        constraints = [
            *Policy.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "city", "edition"], name="payroll_contribution_edition_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.city} #{self.edition}"


class TaxPolicy(Policy):
    """The income-tax rules (个人所得税): tables, basic deduction, deemed costs."""

    class Meta(Policy.Meta):
        verbose_name = _("tax policy")
        verbose_name_plural = _("tax policies")
        ordering = ["-edition"]
        constraints = [
            *Policy.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "edition"], name="payroll_tax_edition_uq"),
        ]

    def __str__(self) -> str:
        return f"#{self.edition}"
