"""Give up an advance that is settled by hand: the proposal, its page, and the second person's decision."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.money import yuan
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.confirmation import confirmed
from agency.shell.editing import edit
from agency.shell.toasts import toast, warn
from payroll.declining import decline_page
from payroll.models import WorkerDebt, WriteOff
from payroll.refusals import Refused

from .write_offs import approve, decline, propose


class WriteOffForm(forms.Form):
    """Why an advance is given up."""

    why = forms.CharField(
        label=gettext_lazy("Why it is given up"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


@permit("payroll.scheme.edit")
def write_off_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Propose to give an advance up."""
    debts = visible(request.user, WorkerDebt).select_related("run__client", "worker")
    debt = get_object_or_404(debts.filter(by_hand=True), pk=pk)

    def save(form: WriteOffForm) -> str:
        try:
            draft = propose(debt, form.cleaned_data["why"], request.user)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return reverse("payroll:write_off", args=[draft.pk])

    return edit(
        request,
        WriteOffForm(request.POST or None),
        save,
        title=_("Give up %(amount)s of %(name)s") % {"amount": yuan(debt.amount_fen), "name": debt.worker.name},
        verb=_("Propose"),
        done=_("Proposed. A second person approves it."),
        back=_list_url(debt),
        crumb=debt.run.client.short_name,
        lead=_("The agency bears it for good. The client is never billed for it."),
    )


@permit("payroll.scheme.edit")
@require_GET
def write_off(request: StaffRequest, pk: int) -> HttpResponse:
    found = _write_off_or_404(request, pk)
    context = {"found": found, "own": found.proposed_by_id == request.user.pk, "back": _list_url(found.debt)}
    return render(request, "payroll/schemes/write_off.html", context)


@permit("payroll.policy.approve")
@require_POST
@confirmed(gettext_lazy("Give this up?"), gettext_lazy("Approve"), gettext_lazy("The agency bears it for good."))
def write_off_approve(request: StaffRequest, pk: int) -> HttpResponse:
    found = _write_off_or_404(request, pk)
    try:
        approve(found, request.user)
    except Refused as refusal:
        warn(request, str(refusal))
    else:
        toast(request, _("Given up. The wage ledger shows it."))
    return redirect("payroll:write_off", pk=pk)


@permit("payroll.scheme.edit")
@require_http_methods(["GET", "POST"])
def write_off_decline(request: StaffRequest, pk: int) -> HttpResponse:
    found = _write_off_or_404(request, pk)
    after = _list_url(found.debt)
    return decline_page(
        request, found, decline, url="payroll:write_off", after=after, done=_("Declined: it stays owed.")
    )


def _write_off_or_404(request: StaffRequest, pk: int) -> WriteOff:
    rows = visible(request.user, WriteOff).select_related(
        "debt__run__client", "debt__worker", "proposed_by", "decided_by"
    )
    return get_object_or_404(rows, pk=pk)


def _list_url(debt: WorkerDebt) -> str:
    return reverse("payroll:scheme_workers", args=[debt.run.client_id])
