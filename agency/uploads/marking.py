"""What is wrong with a sheet checked in one go, for its page, and the sheet back with the marks for an hour."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.signing import BadSignature, dumps, loads
from django.http import FileResponse, Http404, HttpResponse

from agency.spreadsheets.annotating import annotate
from agency.spreadsheets.checked import CheckedSheet
from agency.spreadsheets.columns import Table
from agency.spreadsheets.refusals import PasswordNeeded, PasswordWrong, Refused
from agency.spreadsheets.templates import build_template

from . import vault

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT_SECONDS = 3600
# More errors than these are in the marked sheet; a page with thousands helps nobody.
SHOWN = 200


@contextmanager
def refusals_on(form: forms.Form) -> Iterator[None]:
    """Say on the form why a file was refused, at its password or at the file itself."""
    try:
        yield
    except (PasswordNeeded, PasswordWrong) as refusal:
        form.add_error("password", str(refusal.reason))
    except Refused as refusal:
        form.add_error("file", str(refusal.reason))


def found(checked: CheckedSheet[Any], owner: int, salt: str) -> dict[str, Any]:
    """Return what a page says of a sheet; the `token` of the marked one is good for `owner` alone."""
    report = checked.report
    context: dict[str, Any] = {
        "filename": checked.upload.opened.filename,
        "report": report,
        "problems": checked.problems,
        "errors": report.errors[:SHOWN],
        "more": len(report.errors) - SHOWN,
        "warnings": report.warnings[:SHOWN],
    }
    if report.errors:
        with tempfile.TemporaryFile() as marked:
            annotate(checked.upload, report, marked)
            context["token"] = dumps([owner, vault.put(marked)], salt=salt)
    return context


def marked_sheet(token: str, owner: int, salt: str, filename: str) -> FileResponse:
    """Give the uploaded sheet back with its bad cells marked; `Http404` when it is too old or somebody else's."""
    try:
        whose, name = loads(token, salt=salt, max_age=KEPT_SECONDS)
        if whose != owner:
            raise Http404
        return FileResponse(vault.get(name), as_attachment=True, filename=filename, content_type=XLSX)
    except (BadSignature, FileNotFoundError):
        raise Http404 from None


def empty_sheet(table: Table) -> HttpResponse:
    """Give an empty sheet of a table, to be filled in."""
    response = HttpResponse(build_template(table), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename={table.name}.xlsx"
    return response
