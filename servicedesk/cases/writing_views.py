"""Write down a case that somebody brings by phone or in person: first who asks, then what."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agency.calendar import today
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast
from clients.models import ClientContact, ClientEnterprise
from servicedesk.communication.parties import CONTACT, WORKER, Party, parties, search
from workers.models import Worker

from .forms import CaseForm
from .models import Case
from .opening import open_case
from .views import WORK


@permit(WORK)
@require_http_methods(["GET", "POST"])
def case_new(request: StaffRequest) -> HttpResponse:
    """Find who asks (`?q=`, `?worker=`, `?contact=`), or take a client alone (`?client=`), then write it down."""
    party = _party(request)
    client = party.client if party else _client(request)
    if client is None:
        return _who(request)
    form = CaseForm(request.POST or None, party=party)
    if request.method == "POST" and form.is_valid():
        case = open_case(form.question(client, **_asker(party)), request.user)
        toast(request, _("Case %(number)s is open.") % {"number": case.number})
        if visible(request.user, Case).filter(pk=case.pk).exists():
            return redirect("servicedesk:case", pk=case.pk)
        return redirect("servicedesk:cases")
    context = {"form": form, "party": party, "client": client}
    return render(request, "servicedesk/cases/case_new.html", context, status=422 if form.is_bound else 200)


def _who(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:40]
    context = {
        "words": words,
        "found": search(request.user, words, today()),
        "clients": visible(request.user, ClientEnterprise).order_by("name_pinyin", "pk"),
    }
    return render(request, "servicedesk/cases/case_who.html", context)


def _party(request: StaffRequest) -> Party | None:
    given = {WORKER: request.GET.get("worker", ""), CONTACT: request.GET.get("contact", "")}
    keys = [f"{kind}{pk}" for kind, pk in given.items() if pk.isdecimal()]
    return next(iter(parties(request.user, keys[:1], today()).values()), None)


def _client(request: StaffRequest) -> ClientEnterprise | None:
    pk = request.GET.get("client", "")
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return get_object_or_404(visible(request.user, ClientEnterprise), pk=pk)


def _asker(party: Party | None) -> dict[str, Any]:
    if party is None:
        return {}
    if party.is_worker:
        return {"worker": Worker.objects.get(pk=party.pk), "site": party.site}
    return {"contact": ClientContact.objects.get(pk=party.pk), "site": party.site}
