"""What was agreed with a client about money, and how the agency is taxed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.validity import Valid, no_overlap

from .fees import FIXED, PER_HEAD, PERCENTAGE, TIERED, FeeTerms, Tier


@audited()
class SettlementTerms(Valid):
    """The fee and the terms of payment of a dispatch agreement; amounts in fen, the rate in millionths."""

    class Model(models.TextChoices):
        PER_HEAD = PER_HEAD, _("Per head")
        PERCENTAGE = PERCENTAGE, _("Percentage")
        FIXED = FIXED, _("Fixed amount")
        TIERED = TIERED, _("In tiers")

    agreement = models.ForeignKey("clients.DispatchAgreement", models.PROTECT, related_name="settlement_terms")
    model = models.CharField(_("Service fee"), max_length=12, choices=Model, default=Model.PER_HEAD)
    amount_fen = models.BigIntegerField(_("Amount a head, or fixed amount"), default=0)
    rate = models.PositiveIntegerField(_("Percentage"), default=0)
    of_gross = models.BooleanField(_("Of gross wages, not of the whole cost"), default=False)
    tiers = models.JSONField(_("Tiers"), default=list)
    fee_includes_tax = models.BooleanField(_("The fee includes VAT"), default=True)
    payment_days = models.PositiveSmallIntegerField(_("Days to pay"), default=10)
    money_first = models.BooleanField(_("No money, no payout"), default=False)

    class Meta(Valid.Meta):
        verbose_name = _("settlement terms")
        verbose_name_plural = _("settlement terms")
        ordering = ["-valid_from"]
        constraints = [
            *Valid.Meta.constraints,
            no_overlap("payroll_terms_one", "agreement"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="payroll_terms_amount_ck"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.valid_from}"

    @property
    def fee(self) -> FeeTerms:
        """The terms as the arithmetic takes them."""
        tiers = tuple(Tier(up_to, amount) for up_to, amount in self.tiers)
        return FeeTerms(self.model, self.amount_fen, self.rate, self.of_gross, tiers)


@audited()
class VatStatus(Valid):
    """How the agency pays VAT on dispatch from a day on."""

    class Regime(models.TextChoices):
        GENERAL_DIFFERENCE = "general_difference", _("General taxpayer, on the difference (6%)")
        GENERAL_FULL = "general_full", _("General taxpayer, in full (6%)")
        SMALL_SCALE = "small_scale", _("Small-scale taxpayer (1% until the end of 2027)")

    regime = models.CharField(_("VAT"), max_length=24, choices=Regime)

    class Meta(Valid.Meta):
        verbose_name = _("VAT status")
        verbose_name_plural = _("VAT statuses")
        ordering = ["-valid_from"]
        constraints = [*Valid.Meta.constraints, no_overlap("payroll_vat_one")]

    def __str__(self) -> str:
        return self.get_regime_display()
