"""Pages for people without an account: ask, and follow one case. They show only what the signed link names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agency.models import Agency
from agency.permissions import public
from agency.shell.formats import moment
from agency.staff.devices import is_staff_device
from agency.tenancy.context import tenant
from servicedesk.communication import limits

from .asking import Asker, behind_poster, case_of, may_rate, told, who_asks
from .links import AskLink, BadLink, FollowLink, Link, PosterLink, follow_url
from .models import Case
from .moving import rate, write_again
from .opening import open_case
from .public_forms import AnonymousForm, AskForm, RatingForm
from .refusals import Refused

# Somebody may be upset and write several times; a machine writes more often.
ASKS = (6, 10 * limits.MINUTE)
POSTER_ASKS = (30, 60 * limits.MINUTE)
View = Callable[..., HttpResponse]


def by_link(kind: type[Link]) -> Callable[[View], View]:
    """Open the agency of a signed link for the view; answer a bad, old or overused link with a friendly page.

    No CSRF token: whoever holds the link may write, and nobody else can name it. Old phones need no cookie so.
    """

    def door(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            who = limits.address(request)
            if limits.spent("forged", who, limits.FORGERIES) or not limits.within("open", who, limits.OPENINGS):
                return _gone(request, "often", 429)
            try:
                link = kind.read(token)
                if not Agency.objects.filter(pk=link.agency_id, suspended_at=None).exists():
                    raise BadLink
                with tenant(link.agency_id):
                    return view(request, token, link)
            except BadLink as bad:
                if not bad.expired:
                    limits.within("forged", who, limits.FORGERIES)
                return _gone(request, "expired" if bad.expired else "forged", 404)

        return never_cache(csrf_exempt(opened))

    return door


@public
@by_link(AskLink)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    """Let a worker or contact ask; what they asked before is not listed here."""
    asker = who_asks(link)
    limited = ("ask", f"{link.kind}.{link.pk}", ASKS)
    return _ask(request, asker, AskForm(request.POST or None), limited)


@public
@by_link(PosterLink)
@require_http_methods(["GET", "POST"])
def ask_poster(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    """Let anybody at a site ask, with or without a name."""
    asker = behind_poster(link)
    limited = ("poster", f"{link.pk}.{limits.address(request)}", POSTER_ASKS)
    return _ask(request, asker, AnonymousForm(request.POST or None), limited)


@public
@by_link(FollowLink)
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    """Show the asker the answers to one case; take another word, or how satisfied they are."""
    case = case_of(link)
    ours = is_staff_device(request, link.agency_id)
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
        return _gone(request, "often", 429)
    try:
        _take(request, case)
    except Refused as refusal:
        return render(request, "servicedesk/cases/follow.html", context | {"refusal": str(refusal)}, status=422)
    return redirect(request.path)


def _ask(request: HttpRequest, asker: Asker, form: AskForm, limited: tuple[str, object, Any]) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        if not limits.within(*limited):
            return _gone(request, "often", 429)
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


def _gone(request: HttpRequest, why: str, status: int) -> HttpResponse:
    context = {"why": why, "agency_name": _("Zhudian")}
    return render(request, "servicedesk/cases/gone.html", context, status=status)
