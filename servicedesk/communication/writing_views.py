"""Write a talk down, show its code to the other side, change its words."""

import time
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.calendar import today
from agency.permissions import permit
from agency.shell.toasts import toast, warn

from .addressing import called
from .answers import said_of
from .confirming import link_for, qr_of
from .forms import TalkForm, WordsForm, as_last_time, words_of
from .logging import LogRefused, amend, finish_follow_up, may_amend, write_log
from .models import CommunicationLog
from .parties import CONTACT, WORKER, parties
from .queries import with_details
from .suggestions import offered

STOP_POLLING = 286
WATCH_SECONDS = 15 * 60


@permit("communication.log.write")
@require_http_methods(["GET", "POST"])
def log_new(request: HttpRequest) -> HttpResponse:
    """Show the form; take it, now or later from the phone's outbox. Without script "find" shows it with those found."""
    if request.method == "GET":
        return _form(request, TalkForm(initial=as_last_time(request.user)), _preselected(request))
    keys = request.POST.getlist("who")
    if "find" in request.POST:
        return _form(request, TalkForm(initial=_as_sent(request)), keys)
    form, sent_later = TalkForm(request.POST), "X-Outbox" in request.headers
    if form.is_valid():
        try:
            log = write_log(request.user, form.talk(keys))
        except LogRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return JsonResponse({"kept": True}) if sent_later else redirect("servicedesk:log_saved", pk=log.pk)
    if sent_later:
        return JsonResponse({"reason": " ".join(_reasons(form))}, status=422)
    return _form(request, form, keys, status=422)


@permit("communication.log.write")
@require_GET
def log_people(request: HttpRequest) -> HttpResponse:
    """Answer the search while typing, with those already chosen in front."""
    return render(request, "servicedesk/communication/people.html", _people(request, request.GET.getlist("who")))


@permit("communication.log.write")
@require_GET
def log_saved(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "servicedesk/communication/log_saved.html", _confirmations(request, _own(request, pk)))


@permit("communication.log.write")
@require_GET
def log_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the saved page's question for news: nothing new, the new state, or no need to ask on."""
    context = _confirmations(request, _own(request, pk))
    until = request.GET.get("until", "")
    over = not until.isdecimal() or time.time() > int(until) or not context["waiting"]
    if context["seen"] == request.GET.get("seen") and not over:
        return HttpResponse(status=204)
    return render(
        request, "servicedesk/communication/confirmations.html", context, status=STOP_POLLING if over else 200
    )


@permit("communication.log.write")
@require_http_methods(["GET", "POST"])
def log_amend(request: HttpRequest, pk: int) -> HttpResponse:
    log = _own(request, pk)
    form = WordsForm(request.POST or None, initial=words_of(log))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            amend(
                log,
                topics=[topic.pk for topic in data["topics"]],
                said=data["said"],
                follow_up=data["follow_up"],
                due=data["follow_up_due"],
            )
        except LogRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            toast(request, _("Changed."))
            return redirect("servicedesk:log", pk=log.pk)
    context = {"form": form, "log": log, "may_amend": may_amend(log)}
    return render(
        request, "servicedesk/communication/log_amend.html", context, status=200 if request.method == "GET" else 422
    )


@permit("communication.log.write")
@require_POST
def log_followed_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the promise as kept."""
    log = _own(request, pk)
    if finish_follow_up(log):
        toast(request, _("Done, well kept."))
    else:
        warn(request, _("Nothing is open here."))
    return redirect("servicedesk:log", pk=log.pk)


def _reasons(form: TalkForm) -> list[str]:
    return [str(reason) for reasons in form.errors.values() for reason in reasons]


def _own(request: HttpRequest, pk: int) -> CommunicationLog:
    return get_object_or_404(with_details(CommunicationLog.objects.filter(staff=request.user)), pk=pk)


def _preselected(request: HttpRequest) -> list[str]:
    workers = [f"{WORKER}{pk}" for pk in request.GET.getlist("worker")]
    return workers + [f"{CONTACT}{pk}" for pk in request.GET.getlist("contact")]


def _as_sent(request: HttpRequest) -> dict[str, Any]:
    sent = {name: request.POST.get(name, "") for name in TalkForm.base_fields}
    return sent | {"topics": request.POST.getlist("topics"), "follow": "follow" in request.POST}


def _people(request: HttpRequest, keys: list[str]) -> dict[str, Any]:
    on = today()
    query = request.POST.get("q", request.GET.get("q", ""))
    chosen = list(parties(request.user, keys, on).values())
    found = offered(request.user, chosen, query, on)
    return {"chosen": chosen, "offered": found, "q": query, "nobody": bool(query.strip()) and not found}


def _form(request: HttpRequest, form: TalkForm, keys: list[str], status: int = 200) -> HttpResponse:
    context = {"form": form, **_people(request, keys), "draft": "-".join(["log", *_preselected(request)])}
    return render(request, "servicedesk/communication/log_new.html", context, status=status)


def _confirmations(request: HttpRequest, log: CommunicationLog) -> dict[str, Any]:
    """Gather who has confirmed, and the code of the one to scan next (or of the one chosen)."""
    said = said_of(log, request.user)
    waiting = [one.person for one in said if one.is_open]
    chosen = request.GET.get("person", "")
    asked = next((person for person in waiting if str(person.pk) == chosen), waiting[0] if waiting else None)
    link = link_for(asked, request.build_absolute_uri("/")) if asked else ""
    text = _("%(agency)s: please confirm our talk. %(link)s") % {"agency": request.user.agency.short_name, "link": link}
    return {
        "called": called(asked) if asked else "",
        "sms": text,
        "log": log,
        "said": said,
        "asked": asked,
        "waiting": waiting,
        "link": link,
        "qr": qr_of(link) if link else "",
        "seen": "".join(one.state[0] for one in said),
        "until": int(time.time()) + WATCH_SECONDS,
        "may_amend": may_amend(log),
        "answers_url": reverse("servicedesk:log_answers", args=[log.pk]),
    }
