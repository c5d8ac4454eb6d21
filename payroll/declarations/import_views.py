"""Import declarations of many workers: what is wrong with a file, row by row, and the file back with the marks."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast
from agency.uploads.marking import empty_sheet, found, marked_sheet, refusals_on

from .columns import DECLARATIONS
from .forms import DeclarationsSheetForm
from .importing import CheckedDeclarations, import_declarations

SALT = "payroll.declarations.marked"


@permit("payroll.declaration.edit")
@require_http_methods(["GET", "POST"])
def declarations(request: StaffRequest) -> HttpResponse:
    form = DeclarationsSheetForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        checked = _import(form, request)
        if checked is not None and checked.is_clean:
            toast(request, _("Taken down: %(n)d declarations.") % {"n": checked.importer.written})
            return redirect("payroll:declarations")
        if checked is not None:
            context |= found(checked, request.user.agency_id, SALT)
    status = 422 if request.method == "POST" else 200
    return render(request, "payroll/declarations/import.html", context, status=status)


@permit("payroll.declaration.edit")
@require_GET
def declarations_marked(request: StaffRequest, token: str) -> HttpResponse:
    """Give the uploaded file back with its bad cells marked; for an hour, to the agency that sent it."""
    return marked_sheet(token, request.user.agency_id, SALT, _("Declarations to correct.xlsx"))


@permit("payroll.declaration.edit")
@require_GET
def declarations_template(request: StaffRequest) -> HttpResponse:
    return empty_sheet(DECLARATIONS)


def _import(form: DeclarationsSheetForm, request: StaffRequest) -> CheckedDeclarations | None:
    file, password = form.cleaned_data["file"], form.cleaned_data["password"] or None
    with refusals_on(form):
        return import_declarations(file, request.user, filename=file.name, password=password)
    return None
