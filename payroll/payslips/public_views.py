"""The worker's own payslip behind a signed link: no account, no script, plain words."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.models import Agency
from agency.outside import offers_to
from agency.permissions import public
from agency.staff.devices import is_staff_device
from agency.tenancy.context import tenant
from payroll.models import Payslip

from . import receipts
from .disputes import dispute
from .links import BadLink, published, read
from .plain import account_tail, plain

Reading = Callable[..., HttpResponse]


def by_link(view: Reading) -> Reading:
    """Open the agency of a signed link for the view; a bad, old or unpublished one gets a friendly page.

    No CSRF token: whoever holds the link may answer, and nobody else can name it. Old phones need no cookie so.
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            agency_id, pk = read(token)
            if not Agency.objects.filter(pk=agency_id, suspended_at=None).exists():
                raise BadLink
            with tenant(agency_id):
                return view(request, token, published(pk))
        except BadLink as bad:
            return render(request, "payroll/payslips/gone.html", {"expired": bad.expired}, status=404)

    return never_cache(csrf_exempt(opened))


@public
@by_link
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
@by_link
@require_POST
def payslip_confirm(request: HttpRequest, token: str, slip: Payslip) -> HttpResponse:
    """Take "read, all right"."""
    if not is_staff_device(request, slip.agency_id):
        receipts.confirm(slip)
    return redirect("payroll:payslip_public", token=token)


@public
@by_link
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
