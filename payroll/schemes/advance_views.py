"""Wages paid in advance: writing one down, what became of it, and what is agreed on later."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from clients.enterprises.views import client_or_404
from payroll.models import Advance
from payroll.refusals import Refused

from .advances import keep_from, pause, pay_in_advance, repay, with_kept
from .forms import this_month
from .telling import events_of
from .worker_forms import AdvanceForm, MonthlyForm, PauseForm, RepaidForm


@permit("payroll.scheme.edit")
def advance_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down wages paid in advance, and how they are kept back."""
    client = client_or_404(request, pk)
    back = reverse("payroll:scheme_workers", args=[client.pk])

    def save(form: AdvanceForm) -> str:
        agreed = {name: form.cleaned_data[name] for name in ("paid_on", "amount_fen", "monthly_fen", "since")}
        try:
            pay_in_advance(form.worker, client, request.user, **agreed)
        except Refused as refusal:
            raise ValidationError({"employee_no": str(refusal)}) from None
        return back

    return edit(
        request,
        AdvanceForm(request.POST or None),
        save,
        title=_("Wages paid in advance"),
        verb=_("Save"),
        done=_("Saved. It is kept back with the item “Repayment of wages paid in advance”."),
        back=back,
        crumb=client.short_name,
    )


@permit("payroll.scheme.edit")
@require_GET
def advance(request: StaffRequest, pk: int) -> HttpResponse:
    """Show an advance: what is left of it, and everything that happened to it."""
    found = _advance_or_404(request, pk)
    return render(request, "payroll/schemes/advance.html", {"advance": found, "events": events_of(found)})


@permit("payroll.scheme.edit")
def advance_monthly(request: StaffRequest, pk: int) -> HttpResponse:
    """Agree on another part a month."""
    found = _advance_or_404(request, pk)

    def change(data: dict[str, Any]) -> None:
        keep_from(found, data["since"], data["monthly_fen"], request.user, data["note"])

    form = MonthlyForm(request.POST or None, initial={"monthly_fen": found.part_fen})
    return _changed(request, found, form, change, _("Change what is kept back"))


@permit("payroll.scheme.edit")
def advance_pause(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep nothing back for some months."""
    found = _advance_or_404(request, pk)

    def change(data: dict[str, Any]) -> None:
        pause(found, data["first"], data["last"], request.user, data["note"])

    return _changed(request, found, PauseForm(request.POST or None), change, _("Pause"))


@permit("payroll.scheme.edit")
def advance_repaid(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down that the rest, or a part, was paid back outside the payroll."""
    found = _advance_or_404(request, pk)

    def change(data: dict[str, Any]) -> None:
        repay(found, data["repaid_fen"], data["on"], request.user, data["note"])

    form = RepaidForm(request.POST or None, initial={"repaid_fen": found.left_fen})
    return _changed(request, found, form, change, _("Settle early"))


def _changed(
    request: StaffRequest, found: Any, form: Form, change: Callable[[dict[str, Any]], object], title: Promise
) -> HttpResponse:
    page = reverse("payroll:advance", args=[found.pk])

    def save(form: Form) -> str:
        try:
            change(form.cleaned_data)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return page

    done = _("Saved. Compute open runs again.")
    return edit(request, form, save, title=title, verb=_("Save"), done=done, back=page, crumb=found.worker.name)


def _advance_or_404(request: StaffRequest, pk: int) -> Any:
    rows = with_kept(visible(request.user, Advance), month=this_month())
    found = get_object_or_404(rows.select_related("worker", "client"), pk=pk)
    client_or_404(request, found.client_id)
    return found
