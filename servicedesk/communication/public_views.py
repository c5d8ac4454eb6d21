"""The page behind the link: no account, no script, one question. It shows only what the link names."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agency.outside import limits
from agency.outside.doors import Door, too_often
from agency.outside.links import BadLink
from agency.permissions import public
from agency.staff.devices import is_staff_device
from servicedesk.cases.links import ask_path

from .addressing import greeting, noted, question_of
from .confirming import answer, asked, comment, may_change
from .forms import CommentForm
from .links import LINK_LIFE, Grip, read_grip, read_link
from .models import Confirmation

COOKIE = "grip"


behind_confirmation_link = Door(
    agency_of=lambda token: read_link(token).agency_id,
    find=lambda token: asked(read_link(token)),
    too_old=_("It was good for 14 days. If somebody still asks you, let them show you a new code."),
    broken=_("Perhaps a piece of it is missing. Scan the code again, or copy the whole link."),
)


@public
@behind_confirmation_link
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str, confirmation: Confirmation) -> HttpResponse:
    """Ask "did you talk?" and take the answer."""
    ours = is_staff_device(request, confirmation.agency_id)
    if request.method == "POST":
        return _answered(request, token, confirmation, ours)
    grip = read_grip(request.COOKIES.get(COOKIE, ""), confirmation.person_id)
    if grip and not ours and "change" not in request.GET:
        return HttpResponseRedirect(_thanks_url(request, token, grip))
    context = _context(request, confirmation) | {"grip": request.GET.get("change", "")}
    return render(request, "servicedesk/communication/confirm.html", context)


@public
@behind_confirmation_link
@require_http_methods(["GET", "POST"])
def confirm_thanks(request: HttpRequest, token: str, confirmation: Confirmation, grip: str) -> HttpResponse:
    """Thank for the answer the browser gave, and take a face and a sentence."""
    mine = read_grip(grip, confirmation.person_id)
    if mine is None:
        raise BadLink
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        comment(confirmation, mine, **form.cleaned_data)
        return HttpResponseRedirect(_with(request, request.path, sent="1"))
    context = _context(request, confirmation) | {
        "grip": mine.sign(),
        "said_yes": mine.answer == Confirmation.Answer.YES,
        "answer": noted(mine.answer),
        "may_change": may_change(mine),
        "ask_url": _with(request, reverse("servicedesk:confirm", args=[token])),
        "sent": "sent" in request.GET,
        "question_url": ask_path(confirmation.person.worker or confirmation.person.contact),
    }
    return render(request, "servicedesk/communication/confirm_thanks.html", context)


def _answered(request: HttpRequest, token: str, confirmation: Confirmation, ours: bool) -> HttpResponse:
    given = request.POST.get("answer", "")
    if given not in Confirmation.Answer.values:
        return render(request, "servicedesk/communication/confirm.html", _context(request, confirmation), status=422)
    if not limits.within("answer", confirmation.pk, limits.ANSWERS):
        return too_often(request)
    held = read_grip(request.POST.get("grip", ""), confirmation.person_id)
    grip = answer(confirmation, given, same_device=ours, grip=held)
    if ours:
        # The phone goes back into the specialist's hands: it must not show what was answered.
        return render(request, "servicedesk/communication/confirm_here.html", _context(request, confirmation))
    response = HttpResponseRedirect(_thanks_url(request, token, grip))
    response.set_cookie(
        COOKIE,
        grip.sign(),
        max_age=int(LINK_LIFE.total_seconds()),
        path=reverse("servicedesk:confirm", args=[token]),
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return response


def _context(request: HttpRequest, confirmation: Confirmation) -> dict[str, Any]:
    log = confirmation.log
    return {
        "agency_name": confirmation.agency.short_name,
        "agency_phone": confirmation.agency.phone,
        "staff_name": log.staff.name,
        "greeting": greeting(confirmation.person),
        "question": question_of(log),
        "lang": request.GET.get("lang", ""),
    }


def _thanks_url(request: HttpRequest, token: str, grip: Grip) -> str:
    return _with(request, reverse("servicedesk:confirm_thanks", args=[token, grip.sign()]))


def _with(request: HttpRequest, url: str, **more: str) -> str:
    """Keep the language chosen in the address from page to page."""
    pairs = {"lang": request.GET.get("lang", ""), **more}
    query = "&".join(f"{name}={value}" for name, value in pairs.items() if value.isalnum())
    return f"{url}?{query}" if query else url
