"""Look at a proposed layout, and decide on it as a second person."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.confirmation import confirmed
from agency.shell.toasts import toast, warn
from payroll.declining import decline_page
from payroll.models import LayoutDraft
from payroll.refusals import Refused

from .comparing import compared
from .drafts import approve, decline
from .showing import page_of, shown_draft


@permit("payroll.policy.view")
@require_GET
def layout_draft(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a draft changes, and the file it would make."""
    found = _draft_or_404(request, pk)
    context: dict[str, Any] = {
        "draft": found,
        "changes": compared(found),
        "own": found.proposed_by_id == request.user.pk,
        "page": page_of(found.purpose),
        **shown_draft(found),
    }
    return render(request, "payroll/layouts/draft.html", context)


@permit("payroll.policy.approve")
@require_POST
@confirmed(
    gettext_lazy("Put this into use?"),
    gettext_lazy("Approve"),
    gettext_lazy("The one before ends on the day this begins."),
)
def layout_draft_approve(request: StaffRequest, pk: int) -> HttpResponse:
    found = _draft_or_404(request, pk)
    try:
        layout = approve(found, request.user)
    except Refused as refusal:
        warn(request, str(refusal))
        return redirect("payroll:layout_draft", pk=pk)
    said = _("Approved: it ends on %(day)s.") if found.ends else _("Approved: in use from %(day)s.")
    toast(request, said % {"day": found.valid_from if found.ends else layout.valid_from})
    return redirect(page_of(found.purpose))


@permit("payroll.policy.view")
@require_http_methods(["GET", "POST"])
def layout_draft_decline(request: StaffRequest, pk: int) -> HttpResponse:
    """Decline a draft with a reason, or take one's own back."""
    found = _draft_or_404(request, pk)
    done = _("Declined. What is in use stays as it is.")
    return decline_page(request, found, decline, url="payroll:layout_draft", after=page_of(found.purpose), done=done)


def _draft_or_404(request: StaffRequest, pk: int) -> LayoutDraft:
    rows = visible(request.user, LayoutDraft).select_related("proposed_by", "decided_by", "base")
    return get_object_or_404(rows, pk=pk)
