"""Bills: the month's list, one bill, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.confirmation import confirmed
from agency.shell.editing import edit
from agency.shell.toasts import toast, warn
from clients.models import ClientEnterprise
from payroll.files.views import asked_month
from payroll.models import Bill, BillLine, PayrollRun
from payroll.refusals import Refused

from . import answering, billing, payouts
from .bill_models import State
from .forms import ConsentForm, InvoiceForm, LineForm
from .links import sign
from .listing import bill_month, holds_of, lines_of, own_money_of
from .receiving import matched_fen


def bill_or_404(request: StaffRequest, pk: int) -> Bill:
    rows = visible(request.user, Bill).select_related("client", "agreement", "made_by", "sent_by")
    return get_object_or_404(rows, pk=pk)


def bill_url(bill: Bill) -> str:
    return reverse("payroll:bill", args=[bill.pk])


@permit("settlement.bill.view")
@require_GET
def bills(request: StaffRequest) -> HttpResponse:
    return render(request, "payroll/settlement/bills.html", {"found": bill_month(request.user, asked_month(request))})


@permit("settlement.bill.edit")
@require_POST
def bill_make(request: StaffRequest, pk: int) -> HttpResponse:
    """Make the bill of a client's month."""
    client = get_object_or_404(visible(request.user, ClientEnterprise), pk=pk)
    month = asked_month(request)
    try:
        made = billing.make_bill(client, month, request.user)
    except Refused as refusal:
        warn(request, str(refusal))
        return redirect(f"{reverse('payroll:bills')}?period={month}")
    return redirect(bill_url(made))


@permit("settlement.bill.view")
@require_GET
def bill(request: StaffRequest, pk: int) -> HttpResponse:
    found = bill_or_404(request, pk)
    link = ""
    if found.state not in (State.DRAFT, State.VOID):
        link = request.build_absolute_uri(reverse("payroll:bill_public", args=[sign(found)]))
    received = matched_fen(bill=found)
    context = {
        "bill": found,
        "lines": lines_of(found),
        "link": link,
        "received_fen": received,
        "open_fen": found.total_fen - received,
        "allocations": found.allocations.select_related("receipt"),
        "own_fen": own_money_of(found),
        "holds": holds_of(found),
        "by_hand": billing.BY_HAND,
        "State": State,
    }
    return render(request, "payroll/settlement/bill.html", context)


@permit("settlement.bill.edit")
def bill_line(request: StaffRequest, pk: int) -> HttpResponse:
    """Add a back payment or another amount to a draft."""
    found = bill_or_404(request, pk)

    def save(form: LineForm) -> str:
        given = form.cleaned_data
        _said(
            lambda: billing.add_line(
                found, given["kind"], given["label"], given["amount_fen"], given["deductible"], request.user
            )
        )
        return bill_url(found)

    return _form(request, LineForm(request.POST or None), save, found, _("Add a line"), _("Added."))


@permit("settlement.bill.edit")
@require_POST
def bill_line_remove(request: StaffRequest, pk: int) -> HttpResponse:
    line = get_object_or_404(
        BillLine.objects.filter(bill__in=visible(request.user, Bill)).select_related("bill"), pk=pk
    )
    return _step(request, line.bill_id, lambda _bill, by: billing.remove_line(line, by), _("Taken off."))


@permit("settlement.bill.edit")
@require_POST
@confirmed(gettext_lazy("Send this bill?"), gettext_lazy("Send the bill"), gettext_lazy("Its lines stand from now on."))
def bill_send(request: StaffRequest, pk: int) -> HttpResponse:
    return _step(request, pk, answering.send_bill, _("Ready: copy the link and send it to the client."))


@permit("settlement.bill.edit")
@require_POST
def bill_revise(request: StaffRequest, pk: int) -> HttpResponse:
    return _step(request, pk, answering.revise, _("Open again. Change it and send it once more."))


@permit("settlement.bill.edit")
@require_POST
@confirmed(gettext_lazy("Give this bill up?"), gettext_lazy("Give it up"))
def bill_void(request: StaffRequest, pk: int) -> HttpResponse:
    return _step(request, pk, billing.give_up, _("Given up. Its runs can be billed again."))


@permit("settlement.bill.edit")
def bill_invoice(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down the invoice of a bill the client has agreed to."""
    found = bill_or_404(request, pk)

    def save(form: InvoiceForm) -> str:
        given = form.cleaned_data
        _said(lambda: answering.invoice(found, given["number"], given["invoiced_on"], request.user), "number")
        return bill_url(found)

    return _form(
        request, InvoiceForm(request.POST or None), save, found, _("Write down the invoice"), _("Written down.")
    )


@permit("settlement.payout.consent")
def payout_consent(request: StaffRequest, pk: int) -> HttpResponse:
    """Agree that a run's wages go out before the client's money; `pk` is the run's."""
    run = get_object_or_404(visible(request.user, PayrollRun).select_related("client"), pk=pk)
    found = Bill.objects.filter(runs__run=run).first()
    back = bill_url(found) if found else f"{reverse('payroll:bills')}?period={run.period}"

    def save(form: ConsentForm) -> str:
        _said(lambda: payouts.consent(run, request.user, form.cleaned_data["reason"]), "reason")
        return back

    return edit(
        request, ConsentForm(request.POST or None), save, title=_("Pay before the money comes"), verb=_("I agree"),
        done=_("Written down. Somebody else can release the batch now."), back=back, crumb=str(run.client.short_name),
    )  # fmt: skip


def _said(call: Callable[[], Any], name: str | None = None) -> None:
    """Say a refusal at the form, or at one of its fields."""
    try:
        call()
    except Refused as refusal:
        raise ValidationError({name: str(refusal)} if name else str(refusal)) from None


def _form(request: StaffRequest, form: Any, save: Any, found: Bill, title: str, done: str) -> HttpResponse:
    back = bill_url(found)
    return edit(request, form, save, title=title, verb=_("Save"), done=done, back=back, crumb=found.number)


def _step(request: StaffRequest, pk: int, step: Callable[[Bill, Any], Any], done: str) -> HttpResponse:
    found = bill_or_404(request, pk)
    try:
        step(found, request.user)
    except Refused as refusal:
        warn(request, str(refusal))
    else:
        toast(request, done)
    return redirect(bill_url(found))
