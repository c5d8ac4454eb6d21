"""Bills (结算单) and their lines. A line is written while its bill is a draft, never after."""

from typing import Any, Self

import pgtrigger
from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.periods import Period
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel

from .guards import ADDS_UP, DRAFT_ONLY, FIGURES_STAY


class State(models.TextChoices):
    DRAFT = "draft", _("Draft bill")
    SENT = "sent", _("With the client")
    DISPUTED = "disputed", _("Client disagrees")
    CONFIRMED = "confirmed", _("Client agrees")
    INVOICED = "invoiced", _("Invoiced")
    PAID = "paid", _("Money received")
    VOID = "void", _("Given up")


MOVES = [
    ("draft", "sent"), ("draft", "void"), ("sent", "confirmed"), ("sent", "disputed"), ("confirmed", "disputed"),
    ("disputed", "draft"), ("confirmed", "invoiced"), ("invoiced", "paid"),
]  # fmt: skip
# The client owes these.
OWED = (State.SENT, State.DISPUTED, State.CONFIRMED, State.INVOICED)


class BillQuerySet(AgencyQuerySet):
    def of_period(self, period: Period | str) -> Self:
        return self.filter(period=str(period))

    def with_open(self) -> Self:
        """Add `received_fen` and `open_fen`, what the client still owes of the bill."""
        matched = apps.get_model("payroll", "Allocation").objects.filter(bill=OuterRef("pk")).order_by()
        received = matched.values("bill").annotate(fen=Sum("amount_fen")).values("fen")
        return self.annotate(received_fen=Coalesce(Subquery(received), 0)).annotate(
            open_fen=F("total_fen") - F("received_fen")
        )

    def owed(self) -> Self:
        """Bills sent out of which something is still open, the oldest first."""
        return self.with_open().filter(state__in=OWED, open_fen__gt=0).order_by("due_on", "pk")


class BillManager(AgencyManager.from_queryset(BillQuerySet)):  # type: ignore[misc]
    pass


def _person(name: Any, **options: Any) -> models.ForeignKey:
    return models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+", verbose_name=name, **options)


@audited()
class Bill(TenantModel):
    """What a client owes for a month: cost + fee + VAT = total, to the fen, from the runs named in it."""

    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="bills")
    agreement = models.ForeignKey("clients.DispatchAgreement", models.PROTECT, related_name="bills")
    period = models.CharField(_("Month"), max_length=7)
    number = models.CharField(_("Bill number"), max_length=20)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)
    heads = models.PositiveIntegerField(_("Workers"), default=0)
    cost_fen = models.BigIntegerField(_("Cost"), default=0)
    fee_fen = models.BigIntegerField(_("Service fee"), default=0)
    vat_fen = models.BigIntegerField(_("VAT"), default=0)
    deducted_fen = models.BigIntegerField(_("Deducted for VAT"), default=0)
    total_fen = models.BigIntegerField(_("Total"), default=0)
    brought_forward_fen = models.BigIntegerField(_("From earlier bills"), default=0)
    rule = models.JSONField(_("Rules used"), default=dict)
    due_on = models.DateField(_("To be paid by"), null=True)
    made_by = _person(_("Made by"))
    made_at = models.DateTimeField(auto_now_add=True)
    sent_by = _person(_("Sent by"), null=True)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(_("Answered by"), max_length=40, blank=True)
    objection = models.CharField(_("What the client says"), max_length=400, blank=True)
    invoice_number = models.CharField(_("Invoice number"), max_length=20, blank=True)
    invoiced_on = models.DateField(_("Invoiced on"), null=True)

    objects = BillManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("bill")
        verbose_name_plural = _("bills")
        ordering = ["-period", "-pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "number"], name="payroll_bill_number_uq"),
            models.UniqueConstraint(
                fields=["agency", "invoice_number"], condition=~Q(invoice_number=""), name="payroll_bill_invoice_uq"
            ),
            models.CheckConstraint(
                condition=Q(total_fen=F("cost_fen") + F("fee_fen") + F("vat_fen")), name="payroll_bill_adds_up"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "period", "client"], name="payroll_bill_period_ix"),
            models.Index(fields=["agency", "client", "state"], name="payroll_bill_client_ix"),
        ]
        triggers = [pgtrigger.FSM(name="moves", field="state", transitions=MOVES), ADDS_UP, FIGURES_STAY]

    def __str__(self) -> str:
        return self.number

    @property
    def month(self) -> Period:
        return Period.parse(self.period)

    @property
    def payable_fen(self) -> int:
        """What the client is asked for: this bill and what was open, or too much, before it."""
        return self.total_fen + self.brought_forward_fen

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT


class BillLine(TenantModel):
    """One line; `run` names the payroll behind it. What may be deducted for VAT needs payment records."""

    class Kind(models.TextChoices):
        WAGES = "wages", _("Gross wages")
        SOCIAL = "social", _("Employer's social insurance")
        FUND = "fund", _("Employer's housing fund")
        DIFFERENCE = "difference", _("Difference of earlier months")
        BACK_PAYMENT = "back_payment", _("Back payment")
        OTHER = "other", _("Other")
        FEE = "fee", _("Service fee without VAT")
        VAT = "vat", _("VAT")

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="lines")
    kind = models.CharField(_("Kind"), max_length=14, choices=Kind)
    run = models.ForeignKey("payroll.PayrollRun", models.PROTECT, null=True, related_name="+")
    period = models.CharField(_("Month"), max_length=7)
    label = models.CharField(_("What for"), max_length=80, blank=True)
    heads = models.PositiveIntegerField(_("Workers"), default=0)
    amount_fen = models.BigIntegerField(_("Amount"))
    deductible = models.BooleanField(_("Deductible for VAT"), default=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("bill line")
        verbose_name_plural = _("bill lines")
        ordering = ["pk"]
        triggers = DRAFT_ONLY

    def __str__(self) -> str:
        return self.label or self.get_kind_display()


class BillRun(TenantModel):
    """A run stands in one bill only."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="runs")
    run = models.ForeignKey("payroll.PayrollRun", models.PROTECT, related_name="billed")

    class Meta(TenantModel.Meta):
        verbose_name = _("run of a bill")
        verbose_name_plural = _("runs of bills")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "run"], name="payroll_billrun_once"),
        ]
        triggers = DRAFT_ONLY

    def __str__(self) -> str:
        return f"{self.bill_id} {self.run_id}"
