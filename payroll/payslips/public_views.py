"""The worker's own payslip behind a signed link: no account, no script, plain words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.outside.doors import Door
from agency.outside.offers import offers_to
from agency.permissions import public
from agency.staff.devices import is_staff_device
from payroll.models import Payslip

from . import receipts
from .disputes import dispute
from .links import agency_of, find
from .plain import account_tail, plain

behind_payslip_link = Door(
    agency_of=agency_of,
    find=find,
    too_old=_("A payslip's link is good for 180 days. Ask your specialist for a new one."),
    broken=_(
        "Perhaps a piece of it is missing, or the payslip is not out yet. Copy the whole link, or ask your specialist."
    ),
)


@public
@behind_payslip_link
@require_GET
def payslip_public(request: HttpRequest, token: str, slip: Payslip) -> HttpResponse:
    """Show the payslip. What staff open to see what the worker sees is no receipt."""
    watching = is_staff_device(request, slip.agency_id)
    context: dict[str, Any] = _context(token, slip) | {
        "told": plain(slip),
        "tail": account_tail(slip),
        "receipt": None if watching else receipts.opened(slip),
        "disputes": list(slip.disputes.order_by("raised_at")),
        "watching": watching,
        "offers": [] if watching else offers_to(slip.worker),
    }
    return render(request, "payroll/payslips/public.html", context)


@public
@behind_payslip_link
@require_POST
def payslip_confirm(request: HttpRequest, token: str, slip: Payslip) -> HttpResponse:
    """Take "read, all right"."""
    if not is_staff_device(request, slip.agency_id):
        receipts.confirm(slip)
    return redirect("payroll:payslip_public", token=token)


@public
@behind_payslip_link
@require_http_methods(["GET", "POST"])
def payslip_doubt(request: HttpRequest, token: str, slip: Payslip) -> HttpResponse:
    """Ask what is wrong, in the worker's words."""
    words = request.POST.get("doubt", "").strip()
    if request.method == "POST" and words:
        if not is_staff_device(request, slip.agency_id):
            dispute(slip, words)
        return redirect("payroll:payslip_public", token=token)
    context = _context(token, slip) | {"empty": request.method == "POST"}
    return render(request, "payroll/payslips/doubt.html", context, status=422 if context["empty"] else 200)


def _context(token: str, slip: Payslip) -> dict[str, Any]:
    return {"token": token, "slip": slip, "run": slip.run, "agency_name": slip.agency.short_name}
