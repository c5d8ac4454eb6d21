"""Bring over opening balances: what is wrong with a file, row by row, and the file back with the marks."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast
from agency.uploads.marking import empty_sheet, found, marked_sheet, refusals_on
from payroll.models import TaxOpeningBalance

from .columns import OPENING
from .forms import OpeningsForm
from .importing import CheckedOpenings, import_openings

SALT = "payroll.openings.marked"


@permit("payroll.opening.import")
@require_http_methods(["GET", "POST"])
def openings(request: StaffRequest) -> HttpResponse:
    form = OpeningsForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "known": TaxOpeningBalance.objects.count()}
    if request.method == "POST" and form.is_valid():
        checked = _import(form, request)
        if checked is not None and checked.is_clean:
            toast(request, _("Brought over: %(n)d workers. Compute open runs again.") % {"n": checked.report.rows})
            return redirect("payroll:openings")
        if checked is not None:
            context |= found(checked, request.user.agency_id, SALT)
    return render(request, "payroll/balances/openings.html", context, status=422 if request.method == "POST" else 200)


@permit("payroll.opening.import")
@require_GET
def openings_marked(request: StaffRequest, token: str) -> HttpResponse:
    """Give the uploaded file back with its bad cells marked; for an hour, to the agency that sent it."""
    return marked_sheet(token, request.user.agency_id, SALT, _("Figures to correct.xlsx"))


@permit("payroll.opening.import")
@require_GET
def openings_template(request: StaffRequest) -> HttpResponse:
    return empty_sheet(OPENING)


def _import(form: OpeningsForm, request: StaffRequest) -> CheckedOpenings | None:
    file, password = form.cleaned_data["file"], form.cleaned_data["password"] or None
    with refusals_on(form):
        return import_openings(file, request.user, filename=file.name, password=password)
    return None
