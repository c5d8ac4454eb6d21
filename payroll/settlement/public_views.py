"""The client's page of a bill behind a signed link: no account, no script; agree or say what is wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.outside.doors import Door
from agency.permissions import public
from agency.staff.devices import is_staff_device
from payroll.models import Bill

from .answering import confirm, dispute
from .bill_models import State
from .links import agency_of, sent
from .listing import lines_of

behind_bill_link = Door(
    agency_of=agency_of,
    find=sent,
    too_old=_("A bill's link is good for 45 days. Ask the agency for a new one."),
    broken=_("Perhaps a piece of it is missing, or there is a newer bill. Copy the whole link, or ask the agency."),
)


@public
@behind_bill_link
@require_GET
def bill_public(request: HttpRequest, token: str, bill: Bill) -> HttpResponse:
    return render(request, "payroll/settlement/public.html", _context(request, token, bill))


@public
@behind_bill_link
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
@behind_bill_link
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
