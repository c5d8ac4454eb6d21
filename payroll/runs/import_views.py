"""Import a client's attendance sheet: what is wrong with it, row by row, and the sheet back with the marks."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.uploads.marking import empty_sheet, found, marked_sheet, refusals_on
from payroll.models import PayrollRun

from .forms import SheetForm
from .importing import Checked, dry_run
from .one_time_columns import table_of
from .own_columns import own_items, sheet_of
from .preview_views import preview
from .views import run_or_404

SALT = "payroll.attendance.marked"


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
            context |= found(checked, run.pk, SALT) | {"missing": checked.missing}
    return render(request, "payroll/runs/import.html", context, status=422 if request.method == "POST" else 200)


@permit("payroll.run.prepare")
@require_GET
def run_import_marked(request: StaffRequest, pk: int, token: str) -> HttpResponse:
    """Give the uploaded sheet back with its bad cells marked; for an hour."""
    run = run_or_404(request, pk)
    return marked_sheet(token, run.pk, SALT, _("To correct.xlsx"))


@permit("payroll.run.prepare")
@require_GET
def run_template(request: StaffRequest) -> HttpResponse:
    """Give an empty sheet for a kind of run, an attendance sheet unless asked."""
    kind = request.GET.get("kind", "")
    table = table_of(kind if kind in PayrollRun.Kind.values else PayrollRun.Kind.REGULAR)
    return empty_sheet(table)


@permit("payroll.run.prepare")
@require_GET
def run_sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """Give an empty sheet of a run, with the columns the client's pay scheme asks for."""
    run = run_or_404(request, pk)
    return empty_sheet(sheet_of(run, own_items(run)))


def _checked(run: PayrollRun, form: SheetForm) -> Checked | None:
    file = form.cleaned_data["file"]
    if not run.is_open:
        form.add_error(None, _("This run was handed in. Have it returned before importing."))
        return None
    with refusals_on(form):
        return dry_run(run, file, file.name, form.cleaned_data["password"] or None)
    return None
