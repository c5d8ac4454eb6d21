"""A clean sheet is looked at before it is committed; small corrections are pasted from Excel."""

import io
from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast, warn
from agency.spreadsheets.refusals import Refused as FileRefused
from agency.uploads import vault
from payroll.models import PayrollRun
from payroll.refusals import Refused

from .diffing import diff
from .forms import PasteForm
from .importing import Checked, dry_run, import_attendance
from .views import run_or_404, run_url

SALT = "payroll.attendance.clean"
KEPT_SECONDS = 3600
SHOWN = 100


def preview(request: StaffRequest, run: PayrollRun, checked: Checked) -> HttpResponse:
    """Show what a clean sheet would change, with a button that commits just this sheet."""
    file = checked.upload.opened.file
    file.seek(0)
    kept = [run.pk, vault.put(file), checked.upload.opened.filename, checked.importer.partial]
    found = diff(run, checked.importer.inputs, checked.importer.written, whole=not checked.importer.partial)
    context: dict[str, Any] = {
        "run": run,
        "found": found,
        "checked": checked,
        "warnings": checked.report.warnings[:SHOWN],
        "missing": checked.missing,
        "shown": SHOWN,
        "token": dumps(kept, salt=SALT),
    }
    return render(request, "payroll/runs/preview.html", context)


@permit("payroll.run.prepare")
@require_POST
def run_import_commit(request: StaffRequest, pk: int) -> HttpResponse:
    """Commit the sheet that was looked at; it is checked once more against what is there now."""
    run = run_or_404(request, pk)
    try:
        run_id, name, filename, partial = loads(request.POST.get("token", ""), salt=SALT, max_age=KEPT_SECONDS)
        if run_id != run.pk:
            raise BadSignature
        with vault.get(name) as file:
            checked = import_attendance(run, file, request.user, filename=filename, partial=partial)
    except (BadSignature, FileNotFoundError):
        warn(request, _("The sheet is no longer kept. Upload it once more."))
        return redirect("payroll:run_import", pk=run.pk)
    except Refused as refusal:
        warn(request, str(refusal))
        return redirect(run_url(run))
    if not checked.is_clean:
        warn(request, _("The roster has changed meanwhile and the sheet no longer fits. Upload it once more."))
        return redirect("payroll:run_import", pk=run.pk)
    vault.delete(name)
    toast(request, _("Imported: %(n)d workers.") % {"n": checked.report.rows})
    return redirect(run_url(run))


@permit("payroll.run.prepare")
@require_http_methods(["GET", "POST"])
def run_paste(request: StaffRequest, pk: int) -> HttpResponse:
    """Take rows pasted from Excel: only the columns pasted change, for the workers pasted."""
    run = run_or_404(request, pk)
    form = PasteForm(request.POST or None)
    context: dict[str, Any] = {"run": run, "form": form}
    if request.method == "POST" and form.is_valid():
        text = io.BytesIO(form.cleaned_data["rows"].encode("utf-8-sig"))
        try:
            checked = dry_run(run, text, "paste.txt", partial=True)
        except FileRefused as refusal:
            form.add_error("rows", str(refusal.reason))
        else:
            if checked.is_clean and checked.report.rows:
                return preview(request, run, checked)
            context |= {"problems": checked.problems, "errors": checked.report.errors[:SHOWN]}
    status = 422 if request.method == "POST" else 200
    return render(request, "payroll/runs/paste.html", context, status=status)
