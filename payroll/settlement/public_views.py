"""The client's page of a bill behind a signed link: no account, no script; agree or say what is wrong."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.models import Agency
from agency.permissions import public
from agency.staff.devices import is_staff_device
from agency.tenancy.context import tenant
from payroll.models import Bill
from payroll.payslips.links import BadLink

from .answering import confirm, dispute
from .bill_models import State
from .links import read, sent
from .listing import lines_of


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the agency of a signed link; a forged, old or overtaken one gets a friendly 404.

    No CSRF token: whoever holds the link may answer, and nobody else can name it. Old phones need no cookie so.
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            agency_id, pk, version = read(token)
            if not Agency.objects.filter(pk=agency_id, suspended_at=None).exists():
                raise BadLink
            with tenant(agency_id):
                return view(request, token, sent(pk, version))
        except BadLink as bad:
            return render(request, "payroll/settlement/gone.html", {"expired": bad.expired}, status=404)

    return never_cache(csrf_exempt(opened))


@public
@by_link
@require_GET
def bill_public(request: HttpRequest, token: str, bill: Bill) -> HttpResponse:
    return render(request, "payroll/settlement/public.html", _context(request, token, bill))


@public
@by_link
@require_POST
def bill_confirm(request: HttpRequest, token: str, bill: Bill) -> HttpResponse:
    """Take "we agree" with the name of who says so."""
    name = request.POST.get("name", "").strip()
    if not name:
        context = _context(request, token, bill) | {"nameless": True}
        return render(request, "payroll/settlement/public.html", context, status=422)
    if not is_staff_device(request, bill.agency_id):
        confirm(bill, name)
    return redirect("payroll:bill_public", token=token)


@public
@by_link
@require_http_methods(["GET", "POST"])
def bill_dispute(request: HttpRequest, token: str, bill: Bill) -> HttpResponse:
    """Ask what is wrong, in the client's words."""
    name, words = (request.POST.get(field, "").strip() for field in ("name", "words"))
    if request.method == "POST" and name and words:
        if not is_staff_device(request, bill.agency_id):
            dispute(bill, name, words)
        return redirect("payroll:bill_public", token=token)
    asked = request.method == "POST"
    context = _context(request, token, bill) | {"empty": asked, "name": name, "words": words}
    return render(request, "payroll/settlement/dispute.html", context, status=422 if asked else 200)


def _context(request: HttpRequest, token: str, bill: Bill) -> dict[str, Any]:
    return {
        "token": token,
        "bill": bill,
        "lines": lines_of(bill),
        "agency_name": bill.agency.short_name,
        "watching": is_staff_device(request, bill.agency_id),
        "may_agree": bill.state == State.SENT,
        "may_object": bill.state in (State.SENT, State.CONFIRMED),
        "State": State,
    }
