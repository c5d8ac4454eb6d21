"""Receivables, money in, own money out, and the terms of a client."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agency.calendar import today
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from agency.shell.formats import day_year
from clients.enterprises.views import client_or_404, frame
from payroll.models import Receipt, SettlementTerms, VatStatus
from payroll.refusals import Refused

from .bill_views import bill_or_404, bill_url
from .forms import OwnMoneyForm, ReceiptForm, TermsForm, VatForm
from .receivables import ageing
from .receiving import pay_from_own, receive
from .terms import agree, declare_vat


@permit("settlement.receivables.view")
@require_GET
def receivables(request: StaffRequest) -> HttpResponse:
    on = today()
    latest = visible(request.user, Receipt).select_related("client", "entered_by")[:10]
    return render(
        request, "payroll/settlement/receivables.html", {"ageing": ageing(request.user, on), "on": on, "latest": latest}
    )


@permit("settlement.receipt.edit")
def receipt_new(request: StaffRequest) -> HttpResponse:
    """Write down money that came in; it is matched at once."""

    def save(form: ReceiptForm) -> str:
        given = form.cleaned_data
        try:
            receive(
                given["client"], given["amount_fen"], given["received_on"], request.user,
                reference=given["reference"], remark=given["remark"],
            )  # fmt: skip
        except Refused as refusal:
            raise ValidationError({"reference": str(refusal)}) from None
        return reverse("payroll:receivables")

    form = ReceiptForm(request.POST or None, staff=request.user, initial={"client": request.GET.get("client")})
    return edit(
        request, form, save, title=_("Money came in"), verb=_("Write it down"),
        done=_("Written down and matched to the oldest bills."), back=reverse("payroll:receivables"),
        crumb=_("Receivables"),
    )  # fmt: skip


@permit("settlement.receipt.edit")
def own_money(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down what the agency has paid for a bill's month from its own money."""
    bill = bill_or_404(request, pk)

    def save(form: OwnMoneyForm) -> str:
        given = form.cleaned_data
        pay_from_own(
            bill.client, given["amount_fen"], given["paid_on"], given["purpose"], request.user,
            period=bill.period, remark=given["remark"],
        )  # fmt: skip
        return bill_url(bill)

    return edit(
        request, OwnMoneyForm(request.POST or None), save, title=_("Paid from our own money"), verb=_("Write it down"),
        done=_("Written down."), back=bill_url(bill), crumb=bill.number,
    )  # fmt: skip


@permit("settlement.terms.view")
@require_GET
def settlement_terms(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the terms of a client, now and before."""
    client = client_or_404(request, pk)
    rows = SettlementTerms.objects.filter(agreement__client=client).select_related("agreement")
    context = {"terms": rows, "today": today(), "vat": VatStatus.objects.valid_on(today()).first()}
    return render(request, "payroll/settlement/terms.html", frame(request, client, **context))


@permit("settlement.terms.edit")
def terms_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Agree on new terms from a day on."""
    client = client_or_404(request, pk)
    back = reverse("payroll:settlement_terms", args=[client.pk])

    def save(form: TermsForm) -> str:
        values = form.values
        agree(values.pop("agreement"), values.pop("valid_from"), request.user, **values)
        return back

    form = TermsForm(request.POST or None, client=client, initial={"model": "per_head", "valid_from": today()})
    return edit(
        request, form, save, title=_("New terms"), verb=_("Save"), done=_("Saved."), back=back, crumb=client.short_name
    )


@permit("settlement.terms.edit")
def vat_status(request: StaffRequest) -> HttpResponse:
    """Say how the agency pays VAT from a day on."""
    back = reverse("payroll:bills")

    def save(form: VatForm) -> str:
        declare_vat(form.cleaned_data["regime"], form.cleaned_data["valid_from"], request.user)
        return back if request.user.can("settlement.bill.view") else reverse("payroll:vat_status")

    rows = VatStatus.objects.all()
    lead = " · ".join(f"{day_year(row.valid_from)} {row}" for row in rows[:3])
    initial: dict[str, Any] = {"regime": rows[0].regime if rows else VatStatus.Regime.GENERAL_DIFFERENCE}
    return edit(
        request, VatForm(request.POST or None, initial=initial), save, title=_("How we pay VAT"), verb=_("Save"),
        done=_("Saved."), back=back, lead=lead, crumb=_("Bills"),
    )  # fmt: skip
