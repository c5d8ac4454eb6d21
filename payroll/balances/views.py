"""Bring over opening balances: what is wrong with a file, row by row, and the file back with the marks."""

import tempfile
from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast
from agency.spreadsheets.annotating import annotate
from agency.spreadsheets.refusals import PasswordNeeded, PasswordWrong, Refused
from agency.spreadsheets.templates import build_template
from agency.uploads import vault
from payroll.models import TaxOpeningBalance
from payroll.runs.import_views import KEPT_SECONDS, SHOWN, XLSX

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
            context |= _found(checked, request.user.agency_id)
    return render(request, "payroll/balances/openings.html", context, status=422 if request.method == "POST" else 200)


@permit("payroll.opening.import")
@require_GET
def openings_marked(request: StaffRequest, token: str) -> HttpResponse:
    """Give the uploaded file back with its bad cells marked; for an hour, to the agency that sent it."""
    try:
        agency, name = loads(token, salt=SALT, max_age=KEPT_SECONDS)
        if agency != request.user.agency_id:
            raise Http404
        return FileResponse(
            vault.get(name), as_attachment=True, filename=_("Figures to correct.xlsx"), content_type=XLSX
        )
    except (BadSignature, FileNotFoundError):
        raise Http404 from None


@permit("payroll.opening.import")
@require_GET
def openings_template(request: StaffRequest) -> HttpResponse:
    response = HttpResponse(build_template(OPENING), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename={OPENING.name}.xlsx"
    return response


def _import(form: OpeningsForm, request: StaffRequest) -> CheckedOpenings | None:
    file, password = form.cleaned_data["file"], form.cleaned_data["password"] or None
    try:
        return import_openings(file, request.user, filename=file.name, password=password)
    except (PasswordNeeded, PasswordWrong) as refusal:
        form.add_error("password", str(refusal.reason))
    except Refused as refusal:
        form.add_error("file", str(refusal.reason))
    return None


def _found(checked: CheckedOpenings, agency: int) -> dict[str, Any]:
    report = checked.report
    context: dict[str, Any] = {
        "filename": checked.upload.opened.filename,
        "report": report,
        "problems": checked.problems,
        "errors": report.errors[:SHOWN],
        "more": len(report.errors) - SHOWN,
    }
    if report.errors:
        with tempfile.TemporaryFile() as marked:
            annotate(checked.upload, report, marked)
            context["token"] = dumps([agency, vault.put(marked)], salt=SALT)
    return context
