"""Money from clients, and the agency's own money that went out before it."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.tenancy.base import TenantModel

from .bill_models import Bill
from .guards import NO_MORE_THAN_THERE_IS


def _person(name: Any) -> models.ForeignKey:
    return models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+", verbose_name=name)


@audited()
class Receipt(TenantModel):
    """Money a client has paid (收款), as the agency's bank account shows it."""

    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="receipts")
    received_on = models.DateField(_("Received on"))
    amount_fen = models.BigIntegerField(_("Amount"))
    reference = models.CharField(_("Bank reference"), max_length=60, blank=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    entered_by = _person(_("Entered by"))
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-received_on", "-pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payroll_receipt_amount_ck"),
            models.UniqueConstraint(
                fields=["agency", "reference"], condition=~Q(reference=""), name="payroll_receipt_reference_uq"
            ),
        ]
        indexes = [models.Index(fields=["agency", "client", "received_on"], name="payroll_receipt_client_ix")]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.client_id} {self.received_on}"


class Allocation(TenantModel):
    """So much of a receipt pays so much of a bill."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="allocations")
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="allocations")
    amount_fen = models.BigIntegerField(_("Amount"))
    matched_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("matched amount")
        verbose_name_plural = _("matched amounts")
        ordering = ["pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "receipt", "bill"], name="payroll_allocation_uq"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payroll_allocation_amount_ck"),
        ]
        indexes = [models.Index(fields=["agency", "bill"], name="payroll_allocation_bill_ix")]
        triggers = [
            NO_MORE_THAN_THERE_IS,
            pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id} → {self.bill_id}"


@audited()
class OwnMoney(TenantModel):
    """Wages or contributions the agency has paid from its own money (垫付) before the client's came."""

    class Purpose(models.TextChoices):
        WAGES = "wages", _("Wages")
        SOCIAL = "social", _("Social insurance")
        FUND = "fund", _("Housing fund")
        OTHER = "other", _("Other")

    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="own_money")
    run = models.ForeignKey("payroll.PayrollRun", models.PROTECT, null=True, related_name="+")
    batch = models.OneToOneField("payroll.BankBatch", models.PROTECT, null=True, related_name="own_money")
    period = models.CharField(_("Month"), max_length=7)
    purpose = models.CharField(_("For"), max_length=8, choices=Purpose)
    paid_on = models.DateField(_("Paid out on"))
    amount_fen = models.BigIntegerField(_("Amount"))
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    entered_by = _person(_("Entered by"))

    class Meta(TenantModel.Meta):
        verbose_name = _("own money paid out")
        verbose_name_plural = _("own money paid out")
        ordering = ["-paid_on", "-pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payroll_ownmoney_amount_ck"),
        ]
        indexes = [models.Index(fields=["agency", "client", "period"], name="payroll_ownmoney_client_ix")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.period}"


@audited()
class PayoutConsent(TenantModel):
    """Somebody agrees that a run's wages go out before the client's money has come, and says why."""

    run = models.OneToOneField("payroll.PayrollRun", models.PROTECT, related_name="consent")
    given_by = _person(_("Agreed by"))
    reason = models.CharField(_("Why"), max_length=400)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("consent to pay before the money")
        verbose_name_plural = _("consents to pay before the money")
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.run_id)
