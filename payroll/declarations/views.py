"""A worker's tax year: what was declared, how the basic deduction grows, what was brought over."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from agency.calendar import today
from agency.permissions import can, permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from agency.shell.toasts import toast
from payroll.models import TaxDeclaration, TaxOpeningBalance, TaxYearChoice
from workers.people.views import worker_or_404

from .choosing import choose_basic
from .declaring import book_on, declare, end, withdraw
from .forms import DeclarationForm, EndForm, TaxYearForm, this_month
from .kinds import ASKED, LABELS

SAVED = _("Saved. Open runs ask to be computed again.")


@permit("payroll.declaration.edit")
@require_GET
def worker_tax(request: StaffRequest, pk: int) -> HttpResponse:
    worker = worker_or_404(request, pk)
    year = today().year
    rows = TaxDeclaration.objects.filter(worker=worker)
    context = {
        "worker": worker,
        "year": year,
        "today": today(),
        "standing": rows.standing(),
        "withdrawn": rows.exclude(withdrawn_at=None),
        "choice": TaxYearChoice.objects.filter(worker=worker, tax_year=year).first(),
        "opening": TaxOpeningBalance.objects.filter(worker=worker, tax_year=year).first(),
        "kinds": [(kind, LABELS[kind]) for kind in ASKED],
        "may_open": can(request.user, "payroll.opening.import"),
    }
    return render(request, "payroll/declarations/worker.html", context)


@permit("payroll.declaration.edit")
@require_GET
def worker_tax_panel(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a worker has declared in short, as a panel of the worker's page."""
    worker = worker_or_404(request, pk)
    rows = TaxDeclaration.objects.standing().valid_on(today()).filter(worker=worker)
    return render(request, "payroll/declarations/panel.html", {"worker": worker, "rows": rows})


@permit("payroll.declaration.edit")
def declaration_new(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    worker = worker_or_404(request, pk)
    if kind not in ASKED:
        raise Http404
    rule = book_on(this_month()).additional_deductions(today()).get(kind)

    def save(form: DeclarationForm) -> str:
        declare(worker, form.declared, request.user)
        return worker_tax_url(pk)

    form = DeclarationForm(kind, rule, request.POST or None)
    return _edit(request, form, save, pk, title=LABELS[kind], verb=_("Save"), done=SAVED, crumb=worker.name)


@permit("payroll.declaration.edit")
def declaration_end(request: StaffRequest, pk: int) -> HttpResponse:
    row = declaration_or_404(request, pk)

    def save(form: EndForm) -> str:
        end(row, form.cleaned_data["until"], request.user)
        return worker_tax_url(row.worker_id)

    title = _("End: %(name)s") % {"name": LABELS[row.kind]}
    form = EndForm(request.POST or None)
    return _edit(request, form, save, row.worker_id, title=title, verb=_("End"), done=SAVED, crumb=row.worker.name)


@permit("payroll.declaration.edit")
@require_POST
def declaration_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    row = declaration_or_404(request, pk)
    withdraw(row, request.user)
    toast(request, _("Withdrawn: the next payslip counts without it, for the whole year."))
    return redirect(worker_tax_url(row.worker_id))


@permit("payroll.declaration.edit")
def tax_year(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose how the basic deduction grows this year."""
    worker, year = worker_or_404(request, pk), today().year
    now = TaxYearChoice.objects.filter(worker=worker, tax_year=year).first()

    def save(form: TaxYearForm) -> str:
        given = form.cleaned_data
        choose_basic(worker, year, given["basic_method"], given["source"], request.user)
        return worker_tax_url(pk)

    initial = {"basic_method": now.basic_method, "source": now.source} if now else {}
    form = TaxYearForm(request.POST or None, initial=initial)
    title = _("Basic deduction in %(year)d") % {"year": year}
    return _edit(request, form, save, pk, title=title, verb=_("Save"), done=SAVED, crumb=worker.name)


def declaration_or_404(request: StaffRequest, pk: int) -> TaxDeclaration:
    return get_object_or_404(visible(request.user, TaxDeclaration).select_related("worker"), pk=pk)


def worker_tax_url(pk: int) -> str:
    return reverse("payroll:worker_tax", args=[pk])


def _edit(request: StaffRequest, form: Any, save: Any, worker: int, **words: Any) -> HttpResponse:
    return edit(request, form, save, back=worker_tax_url(worker), **words)
