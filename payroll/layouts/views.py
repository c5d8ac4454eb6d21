"""The layouts of files: which there are, what one looks like, and a draft of another."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agency.calendar import today
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast
from payroll.files.installing import ensure_layouts
from payroll.files.layouts import LayoutError, read_layout
from payroll.files.specs import checked
from payroll.models import FileLayout, LayoutDraft
from payroll.refusals import Refused

from .drafts import Proposal, propose
from .editing import forms_for, proposal_of
from .invented import preview
from .names import KIND_NAMES

Purpose = FileLayout.Purpose
# What no file is written by: rules and lists with pages of their own.
OTHERS = (Purpose.CUTOFF, Purpose.BUREAU_LIST)


@permit("payroll.policy.view")
@require_GET
def file_layouts(request: StaffRequest) -> HttpResponse:
    """List the layouts in use and to come, by what they are for."""
    ensure_layouts()
    rows = list(visible(request.user, FileLayout).exclude(purpose__in=OTHERS).order_by("name", "-valid_from"))
    now = today()
    for row in rows:
        row.ended = row.valid_to is not None and row.valid_to <= now
    groups = [
        (purpose.label, [row for row in rows if row.purpose == purpose and not row.ended])
        for purpose in Purpose
        if purpose not in OTHERS
    ]
    context = {
        "groups": [(label, found) for label, found in groups if found],
        "ended": [row for row in rows if row.ended],
        "drafts": LayoutDraft.objects.filter(state=LayoutDraft.State.PROPOSED)
        .exclude(purpose__in=OTHERS)
        .select_related("proposed_by"),
        "kinds": KIND_NAMES,
    }
    return render(request, "payroll/layouts/list.html", context)


@permit("payroll.policy.view")
@require_GET
def file_layout(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one layout: its columns, the lines around them, and three invented people in it."""
    row = layout_or_404(request, pk)
    layout = read_layout(row.spec)
    context = {"row": row, "layout": layout, "shown": preview(layout), "kinds": KIND_NAMES}
    return render(request, "payroll/layouts/layout.html", context)


@permit("payroll.policy.edit")
@require_http_methods(["GET", "POST"])
def file_layout_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Propose a layout that follows this one, or with `copy` a further one like it."""
    row = layout_or_404(request, pk)
    is_copy = "copy" in request.GET
    form, columns = forms_for(row, is_copy, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"row": row, "form": form, "columns": columns, "is_copy": is_copy}
    if request.method == "POST" and form.is_valid() and columns.is_valid():
        try:
            wanted = proposal_of(row, is_copy, form, columns)
            if "preview" in request.POST:
                context["shown"] = preview(checked(wanted.purpose, wanted.spec))
                return render(request, "payroll/layouts/edit.html", context)
            return _proposed(request, wanted)
        except (LayoutError, Refused) as wrong:
            form.add_error(None, str(wrong))
    return render(request, "payroll/layouts/edit.html", context, status=422 if request.method == "POST" else 200)


def _proposed(request: StaffRequest, wanted: Proposal) -> HttpResponse:
    draft = propose(wanted, request.user)
    toast(request, _("Proposed. A second person approves it."))
    return redirect("payroll:layout_draft", pk=draft.pk)


def layout_or_404(request: StaffRequest, pk: int) -> FileLayout:
    return get_object_or_404(visible(request.user, FileLayout).exclude(purpose__in=OTHERS), pk=pk)


def layouts_url() -> str:
    return reverse("payroll:file_layouts")
