"""The agency's policies as rows: an edition is written once and never changed, so that a payslip can name it."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.tenancy.base import AgencyManager
from agency.validity import Valid, ValidityQuerySet
from payroll.two_persons import Draft, kept, second_person


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


@audited()
class PolicyDraft(Draft):
    """A proposed edition (政策改动): one person writes it, another approves it, as the database sees to.

    `city` is empty for the income tax; `before` and `book` are the rules as they were and as they would be.
    """

    city = models.CharField(_("City"), max_length=20, blank=True)
    base_edition = models.PositiveIntegerField(_("Based on edition"))
    before = models.JSONField(default=dict)
    book = models.JSONField(_("Rules"))

    class Meta(Draft.Meta):
        verbose_name = _("policy draft")
        verbose_name_plural = _("policy drafts")
        ordering = ["-proposed_at"]
        constraints = [
            *Draft.Meta.constraints,
            second_person("payroll_draft_second_person"),
            models.UniqueConstraint(
                fields=["agency", "city"], condition=Q(state="proposed"), name="payroll_draft_open_uq"
            ),
        ]
        triggers = kept("book", "before", "city", "base_edition")

    def __str__(self) -> str:
        return f"{self.city or _('Income tax')} #{self.base_edition + 1}"
