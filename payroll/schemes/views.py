"""The page of a client's pay scheme, and the form of what holds for all its workers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from agency.periods import Period, PeriodError
from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from clients.enterprises.views import client_or_404
from payroll.calculation.items import ItemError
from payroll.models import PayScheme

from .changing import change_scheme
from .choosing import scheme_of
from .forms import SchemeForm, this_month
from .formula_words import words_of
from .library import LIBRARY
from .lines import lines_of
from .preview import preview
from .rules import rules_of


@permit("payroll.scheme.edit")
@require_GET
def scheme(request: StaffRequest, pk: int) -> HttpResponse:
    """Show how a client's workers are paid in a month: standard lines, own items, tables, and a sample worker."""
    client = client_or_404(request, pk)
    month = month_asked(request)
    now = scheme_of(client, month)
    context: dict[str, Any] = {
        "client": client,
        "scheme": now,
        "month": month,
        "versions": PayScheme.objects.filter(client=client).order_by("-valid_from"),
        "tables": now.tables.all() if now.pk else [],
        "examples": [(key, values["name"]) for key, values in LIBRARY.items()],
    }
    lines = lines_of(client, now)
    context["unused"] = [line.name for line in lines if not line.used]
    context["lines"] = [line for line in lines if line.used or "all" in request.GET]
    try:
        context["preview"] = preview(client, rules_of(now, month), month)
    except ItemError as error:
        context["wrong"] = f"{error.name}: {words_of(error.why)}"
    return render(request, "payroll/schemes/scheme.html", context)


@permit("payroll.scheme.edit")
@require_GET
def scheme_panel(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a client's pay scheme in short, as a panel of the client's page."""
    client = client_or_404(request, pk)
    now = scheme_of(client, this_month())
    items = now.items.all() if now.pk else []
    return render(request, "payroll/schemes/panel.html", {"client": client, "scheme": now, "items": items})


@permit("payroll.scheme.edit")
def scheme_terms(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what holds for all workers of a client, from a month on."""
    client = client_or_404(request, pk)
    month = month_asked(request)
    now = scheme_of(client, month)
    initial = {name: getattr(now, name) for name in SchemeForm.base_fields if name != "since"} if now.pk else {}

    def save(form: SchemeForm) -> str:
        change_scheme(client, form.cleaned_data["since"], form.values, request.user)
        return scheme_url(client.pk, form.cleaned_data["since"])

    return edit(
        request,
        SchemeForm(request.POST or None, initial={**initial, "since": month}),
        save,
        title=_("Pay scheme"),
        verb=_("Save"),
        done=_("Saved. Compute open runs again."),
        back=scheme_url(client.pk, month),
        crumb=client.short_name,
    )


def month_asked(request: StaffRequest) -> Period:
    """Return the month in the address, this one without."""
    try:
        return Period.parse(request.GET.get("month", ""))
    except PeriodError:
        return this_month()


def scheme_url(client_id: int, month: Period) -> str:
    return f"{reverse('payroll:scheme', args=[client_id])}?month={month}"
