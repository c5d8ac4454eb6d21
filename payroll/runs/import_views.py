"""Import a client's attendance sheet: what is wrong with it, row by row, and the sheet back with the marks."""

import tempfile
from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.spreadsheets.annotating import annotate
from agency.spreadsheets.columns import Table
from agency.spreadsheets.refusals import PasswordNeeded, PasswordWrong
from agency.spreadsheets.refusals import Refused as FileRefused
from agency.spreadsheets.templates import build_template
from agency.uploads import vault
from payroll.models import PayrollRun

from .forms import SheetForm
from .importing import Checked, dry_run
from .one_time_columns import table_of
from .own_columns import own_items, sheet_of
from .preview_views import preview
from .views import run_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "payroll.attendance.marked"
KEPT_SECONDS = 3600
# More errors than these are in the marked sheet; a page with thousands helps nobody.
SHOWN = 200


@permit("payroll.run.prepare")
@require_http_methods(["GET", "POST"])
def run_import(request: StaffRequest, pk: int) -> HttpResponse:
    run = run_or_404(request, pk)
    form = SheetForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"run": run, "form": form}
    if request.method == "POST" and form.is_valid():
        checked = _checked(run, form)
        if checked is not None and checked.is_clean:
            return preview(request, run, checked)
        if checked is not None:
            context |= _found(run, checked)
    return render(request, "payroll/runs/import.html", context, status=422 if request.method == "POST" else 200)


@permit("payroll.run.prepare")
@require_GET
def run_import_marked(request: StaffRequest, pk: int, token: str) -> HttpResponse:
    """Give the uploaded sheet back with its bad cells marked; for an hour."""
    run = run_or_404(request, pk)
    try:
        run_id, name = loads(token, salt=SALT, max_age=KEPT_SECONDS)
        if run_id != run.pk:
            raise Http404
        return FileResponse(vault.get(name), as_attachment=True, filename=_("To correct.xlsx"), content_type=XLSX)
    except (BadSignature, FileNotFoundError):
        raise Http404 from None


@permit("payroll.run.prepare")
@require_GET
def run_template(request: StaffRequest) -> HttpResponse:
    """Give an empty sheet for a kind of run, an attendance sheet unless asked."""
    kind = request.GET.get("kind", "")
    table = table_of(kind if kind in PayrollRun.Kind.values else PayrollRun.Kind.REGULAR)
    return _empty(table)


@permit("payroll.run.prepare")
@require_GET
def run_sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """Give an empty sheet of a run, with the columns the client's pay scheme asks for."""
    run = run_or_404(request, pk)
    return _empty(sheet_of(run, own_items(run)))


def _empty(table: Table) -> HttpResponse:
    response = HttpResponse(build_template(table), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename={table.name}.xlsx"
    return response


def _checked(run: PayrollRun, form: SheetForm) -> Checked | None:
    file = form.cleaned_data["file"]
    if not run.is_open:
        form.add_error(None, _("This run was handed in. Have it returned before importing."))
        return None
    try:
        return dry_run(run, file, file.name, form.cleaned_data["password"] or None)
    except (PasswordNeeded, PasswordWrong) as refusal:
        form.add_error("password", str(refusal.reason))
    except FileRefused as refusal:
        form.add_error("file", str(refusal.reason))
    return None


def _found(run: PayrollRun, checked: Checked) -> dict[str, Any]:
    report = checked.report
    context: dict[str, Any] = {
        "filename": checked.upload.opened.filename,
        "report": report,
        "problems": checked.problems,
        "errors": report.errors[:SHOWN],
        "more": len(report.errors) - SHOWN,
        "warnings": report.warnings[:SHOWN],
        "missing": checked.missing,
    }
    if report.errors:
        with tempfile.TemporaryFile() as marked:
            annotate(checked.upload, report, marked)
            context["token"] = dumps([run.pk, vault.put(marked)], salt=SALT)
    return context
