"""The pages of an upload, the same for every kind of table; `upload_urls` gives each kind its own."""

import io
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from agency.permissions import visible
from agency.shell.toasts import toast, warn
from agency.spreadsheets.refusals import Refused
from agency.spreadsheets.templates import build_template

from . import vault
from .correcting import UnknownCell, correct
from .forms import MappingForm, PasswordForm
from .jobs import start_check, start_commit
from .kinds import UploadKind
from .mapping import choose_mapping, choose_sheet
from .models import State, Upload
from .receiving import receive, unlock
from .showing import context_of, url_of, urls_of
from .storing import discard as put_aside

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EARLIER = 10


def new(request: HttpRequest, kind: UploadKind) -> HttpResponse:
    """Take a file."""
    form = kind.form(request.POST or None, request.FILES or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = receive(kind, file.file, file.name, request.user, form.context())
        except Refused as refused:
            form.add_error("file", str(refused.reason))
        else:
            _check(request, upload)
            return redirect(url_of(upload))
    earlier = visible(request.user, Upload).of_kind(kind.name).select_related("uploaded_by")[:EARLIER]
    context = {
        "kind": kind,
        "form": form,
        "earlier": [(row, url_of(row)) for row in earlier],
        "at": urls_of(kind),
        "back": reverse(kind.back),
    }
    return render(request, "agency/uploads/new.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def template(request: HttpRequest, kind: UploadKind) -> HttpResponse:
    """Give the template to fill in."""
    return _download(io.BytesIO(build_template(kind.table)), f"{kind.table.title}模板.xlsx")


@require_GET
def page(request: HttpRequest, kind: UploadKind, pk: int) -> HttpResponse:
    """Show an upload as it is now: waiting, being checked, its findings, imported."""
    upload = _find(request, kind, pk)
    if request.htmx and request.GET.get("part") == "progress":
        return _progress(request, upload)
    return render(request, "agency/uploads/upload.html", context_of(request, upload))


@sensitive_variables("form")
@sensitive_post_parameters("password")
@require_POST
def password(request: HttpRequest, kind: UploadKind, pk: int) -> HttpResponse:
    """Open an encrypted file."""
    upload = _find(request, kind, pk)
    form = PasswordForm(request.POST)
    if upload.state == State.PASSWORD and form.is_valid():
        try:
            unlock(upload, form.cleaned_data["password"])
        except Refused as refused:
            form.add_error("password", str(refused.reason))
        else:
            _check(request, upload)
    if upload.state == State.PASSWORD:
        context = context_of(request, upload) | {"form": form}
        return render(request, "agency/uploads/upload.html", context, status=422)
    return redirect(url_of(upload))


def mapping(request: HttpRequest, kind: UploadKind, pk: int) -> HttpResponse:
    """Say which column of the file is which of ours, and which sheet is meant."""
    upload = _find(request, kind, pk)
    if upload.state not in (State.MAPPING, State.CHECKED):
        return redirect(url_of(upload))
    if request.method == "POST" and request.POST.get("sheet"):
        if choose_sheet(upload, request.POST["sheet"]):
            _check(request, upload)
        return redirect(url_of(upload))
    form = MappingForm(kind.table_for(upload.context), upload, request.POST or None)
    if request.method == "POST" and form.is_valid():
        choose_mapping(upload, form.choices())
        _check(request, upload)
        return redirect(url_of(upload))
    context = context_of(request, upload) | {"form": form}
    return render(request, "agency/uploads/mapping.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def fix(request: HttpRequest, kind: UploadKind, pk: int) -> HttpResponse:
    """Correct one cell on the page."""
    upload = _find(request, kind, pk)
    try:
        row = int(request.POST.get("row", ""))
        tried = correct(upload, row, request.POST.get("column", ""), request.POST.get("value", ""))
    except (ValueError, UnknownCell):
        return HttpResponse(_("This cell is not in the table. Reload the page."), status=422)
    if request.htmx:
        finding = tried.as_finding(who=request.POST.get("who", ""))
        context = context_of(request, upload) | {"finding": finding}
        return render(request, "agency/uploads/fixed.html", context, status=422 if tried.why_not else 200)
    if tried.why_not:
        warn(request, str(tried.why_not))
    return redirect(url_of(upload))


@require_POST
def check(request: HttpRequest, kind: UploadKind, pk: int) -> HttpResponse:
    """Check the table once more."""
    upload = _find(request, kind, pk)
    _check(request, upload)
    return redirect(url_of(upload))


@require_POST
def commit(request: HttpRequest, kind: UploadKind, pk: int) -> HttpResponse:
    """Import the table."""
    upload = _find(request, kind, pk)
    if not start_commit(upload, request.user, url_of(upload)):
        warn(request, _("Nothing was started: the table is being imported already, or has cells to mend."))
    return redirect(url_of(upload))


@require_POST
def discard(request: HttpRequest, kind: UploadKind, pk: int) -> HttpResponse:
    """Put the upload aside with all it held."""
    upload = _find(request, kind, pk)
    if not put_aside(upload):
        warn(request, _("It was imported already and cannot be put aside."))
        return redirect(url_of(upload))
    toast(request, _("Put aside; the file is deleted."))
    return redirect(f"{kind.url_name}_new")


@require_GET
def annotated(request: HttpRequest, kind: UploadKind, pk: int) -> HttpResponse:
    """Give the workbook back with the bad cells marked."""
    upload = _find(request, kind, pk)
    if not upload.annotated:
        raise Http404
    try:
        file = vault.get(upload.annotated)
    except FileNotFoundError:
        raise Http404 from None
    stem = upload.filename.rpartition(".")[0] or upload.filename
    return _download(file, f"{stem}_标出要改的.xlsx")


def _find(request: HttpRequest, kind: UploadKind, pk: int) -> Upload:
    rows = visible(request.user, Upload).of_kind(kind.name).select_related("uploaded_by", "committed_by", "job")
    return get_object_or_404(rows, pk=pk)


def _check(request: HttpRequest, upload: Upload) -> None:
    if upload.state != State.PASSWORD:
        start_check(upload, request.user, url_of(upload))


def _progress(request: HttpRequest, upload: Upload) -> HttpResponse:
    context = context_of(request, upload)
    if not upload.is_working or context["stuck"]:
        return HttpResponse(headers={"HX-Redirect": url_of(upload)})
    return render(request, "agency/uploads/progress.html", context)


def _download(file: BinaryIO, name: str) -> FileResponse:
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
