"""How each city's bureau writes its list: what is known, one of them looked at, and a proposal of another."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agency.calendar import today
from agency.periods import Period
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast
from payroll.files.bureau_lists import read_bureau_list
from payroll.files.installing import ensure_layouts
from payroll.files.layouts import LayoutError
from payroll.models import FileLayout, LayoutDraft
from payroll.refusals import Refused

from .bureau_forms import BUREAU, KEY, BureauListForm, groups, shown
from .drafts import propose, running
from .invented import bureau_preview
from .names import bureau_field_name


@permit("payroll.policy.view")
@require_GET
def bureau_layouts(request: StaffRequest) -> HttpResponse:
    """List the cities whose bureau's list is known, the latest layout of a city first."""
    ensure_layouts()
    rows = list(visible(request.user, FileLayout).filter(purpose=BUREAU).order_by("city", "-valid_from"))
    for row in rows:
        row.found = read_bureau_list(row.spec)
    drafts = LayoutDraft.objects.filter(purpose=BUREAU, state=LayoutDraft.State.PROPOSED)
    context = {"rows": rows, "drafts": drafts.select_related("proposed_by")}
    return render(request, "payroll/layouts/bureaus.html", context)


@permit("payroll.policy.view")
@require_GET
def bureau_layout(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one city's list: its headers, and three invented people in it."""
    row = get_object_or_404(visible(request.user, FileLayout).filter(purpose=BUREAU), pk=pk)
    found = read_bureau_list(row.spec)
    columns = [(bureau_field_name(name), texts) for name, texts in found.headers.items()]
    context = {"row": row, "found": found, "columns": columns, "shown": bureau_preview(found)}
    return render(request, "payroll/layouts/bureau.html", context)


@permit("payroll.policy.edit")
@require_http_methods(["GET", "POST"])
def bureau_layout_edit(request: StaffRequest) -> HttpResponse:
    """Propose a city's layout; `?city=` begins with the one in use there."""
    ensure_layouts()
    base = running(BUREAU, KEY, request.GET.get("city", ""))
    initial: dict[str, Any] = {"valid_from": Period.of(today()).first_day, "titles": 0, "provisional": True}
    if base is not None:
        first = max(Period.of(today()).first_day, base.valid_from + dt.timedelta(days=1))
        initial |= shown(read_bureau_list(base.spec)) | {"city": base.city, "valid_from": first}
    return propose_list(request, initial)


def propose_list(request: StaffRequest, initial: dict[str, Any]) -> HttpResponse:
    """Answer the page on which a city's layout is proposed: the form, its preview, or the draft."""
    form = BureauListForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"form": form, "groups": groups(form)}
    if request.method == "POST" and form.is_valid():
        try:
            if "preview" in request.POST:
                context["shown"] = bureau_preview(read_bureau_list(form.spec))
                return render(request, "payroll/layouts/bureau_edit.html", context)
            draft = propose(form.proposal(), request.user)
        except (LayoutError, Refused) as wrong:
            form.add_error(None, str(wrong))
        else:
            toast(request, _("Proposed. A second person approves it."))
            return redirect("payroll:layout_draft", pk=draft.pk)
    return render(request, "payroll/layouts/bureau_edit.html", context, status=422 if request.method == "POST" else 200)
