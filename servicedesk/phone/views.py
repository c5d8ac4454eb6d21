"""The form of a talk as the phone keeps it, the queue of forms that wait, and what the app needs to be installed."""

import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

from agency.calendar import today
from agency.permissions import permit, public
from servicedesk.communication.forms import TalkForm, as_last_time

from . import app
from .people import people_of
from .state import state_of


@public
@cache_control(no_cache=True)
@require_GET
def app_worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker at the root, for its scope is where it lies."""
    return HttpResponse(app.worker_script(), content_type="text/javascript; charset=utf-8")


@public
@require_GET
def app_manifest(request: HttpRequest) -> HttpResponse:
    return JsonResponse(app.manifest(), content_type="application/manifest+json")


@permit("communication.log.write")
@never_cache
@require_GET
def log_shell(request: HttpRequest) -> HttpResponse:
    """Show the form without number and people: the phone keeps it and fills both in, with or without a signal."""
    form = TalkForm(initial=as_last_time(request.user) | {"uuid": "", "opened": ""})
    return _kept(
        request,
        render(request, "servicedesk/communication/log_new.html", {"form": form, "draft": "log", "shell_form": True}),
    )


@permit("communication.log.write")
@never_cache
@require_GET
def log_queue(request: HttpRequest) -> HttpResponse:
    """Show the frame of the queue; the forms themselves lie in the phone."""
    return _kept(request, render(request, "servicedesk/phone/queue.html"))


@permit("communication.log.write")
@never_cache
@require_GET
def log_shell_people(request: HttpRequest) -> HttpResponse:
    """Name the people of one's own clients, those to see first in front."""
    return _kept(request, JsonResponse({"people": people_of(request.user, today())}))


@permit("communication.log.write")
@never_cache
@require_GET
def log_state(request: HttpRequest) -> HttpResponse:
    """Tell a phone whether a form has arrived, with which photos, who is signed in, and the token to send with."""
    try:
        number = uuid.UUID(request.GET.get("form", ""))
    except ValueError:
        return JsonResponse({"reason": "form"}, status=400)
    state = state_of(request.user, number)
    return JsonResponse({"person": request.user.pk, "token": get_token(request), **state})


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response["X-Person"] = str(request.user.pk)
    return response
