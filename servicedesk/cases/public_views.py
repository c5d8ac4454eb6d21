"""Pages for people without an account: ask, and follow one case. They show only what the signed link names."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agency.models import Agency
from agency.outside import limits
from agency.outside.doors import Door, too_often
from agency.permissions import public
from agency.shell.formats import moment
from agency.staff.devices import is_staff_device

from .asking import Asker, behind_poster, case_of, may_rate, told, who_asks
from .links import AskLink, FollowLink, Link, PosterLink, follow_url
from .models import Case
from .moving import rate, write_again
from .opening import open_case
from .public_forms import AnonymousForm, AskForm, RatingForm
from .refusals import Refused

# Somebody may be upset and write several times; a machine writes more often.
ASKS = (6, 10 * limits.MINUTE)
POSTER_ASKS = (30, 60 * limits.MINUTE)


BROKEN = _("Perhaps a piece of it is missing. Scan the code again, or copy the whole link.")
TOO_OLD = _("Ask your specialist for a new one, or scan the poster on the wall.")


def _door(kind: type[Link], find: Callable[[str], Any]) -> Door:
    return Door(agency_of=lambda token: kind.read(token).agency_id, find=find, too_old=TOO_OLD, broken=BROKEN)


@public
@_door(AskLink, who_asks)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, token: str, asker: Asker) -> HttpResponse:
    """Let a worker or contact ask; what they asked before is not listed here."""
    return _ask(request, asker, AskForm(request.POST or None), ("ask", asker.key, ASKS))


@public
@_door(PosterLink, behind_poster)
@require_http_methods(["GET", "POST"])
def ask_poster(request: HttpRequest, token: str, asker: Asker) -> HttpResponse:
    """Let anybody at a site ask, with or without a name."""
    limited = ("poster", f"{asker.key}.{limits.address(request)}", POSTER_ASKS)
    return _ask(request, asker, AnonymousForm(request.POST or None), limited)


@public
@_door(FollowLink, case_of)
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, token: str, case: Case) -> HttpResponse:
    """Show the asker the answers to one case; take another word, or how satisfied they are."""
    ours = is_staff_device(request, case.agency_id)
    context = _frame(case.agency) | {
        "case": case,
        "told": told(case),
        "ours": ours,
        "may_rate": not ours and may_rate(case),
        "due": moment(case.due_at) if case.due_at and case.is_waiting else "",
        "is_new": "new" in request.GET,
        "link": request.build_absolute_uri(request.path),
    }
    if request.method == "GET" or ours:
        return render(request, "servicedesk/cases/follow.html", context)
    if not limits.within("follow", case.pk, ASKS):
        return too_often(request)
    try:
        _take(request, case)
    except Refused as refusal:
        return render(request, "servicedesk/cases/follow.html", context | {"refusal": str(refusal)}, status=422)
    return redirect(request.path)


def _ask(request: HttpRequest, asker: Asker, form: AskForm, limited: tuple[str, object, Any]) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        if not limits.within(*limited):
            return too_often(request)
        case = open_case(asker.question(form.cleaned_data))
        return redirect(f"{follow_url(case, request.build_absolute_uri('/'))}?new=1")
    context = _frame(asker.agency) | {"form": form, "asker": asker}
    return render(request, "servicedesk/cases/ask.html", context, status=422 if form.is_bound else 200)


def _take(request: HttpRequest, case: Case) -> None:
    form = RatingForm(request.POST)
    if "rating" in request.POST:
        if form.is_valid():
            rate(case, form.cleaned_data["rating"])
        return
    write_again(case, request.POST.get("text", "")[:2000])


def _frame(agency: Agency) -> dict[str, Any]:
    return {"agency_name": agency.short_name, "agency_phone": agency.phone}
