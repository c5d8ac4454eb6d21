"""Marks on views: every URL says who may come in, and a test reads the marks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from .asking import granted, require

View = Callable[..., HttpResponse]
PUBLIC = "public"
SIGNED_IN = "signed in"


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page and back; a partial request reloads the whole page there."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")


def permit(permission: str) -> Callable[[View], View]:
    """Let in staff who hold the permission: others get 403, nobody signed in is sent to the sign-in page."""
    granted((), permission)

    def mark(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            require(request.user, permission)
            return view(request, *args, **kwargs)

        door.permission = permission  # type: ignore[attr-defined]
        return door

    return mark


def signed_in(view: View) -> View:
    """Let in any staff member of any agency; the view shows only what is theirs."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    door.permission = SIGNED_IN  # type: ignore[attr-defined]
    return door


def public(view: View) -> View:
    """Let in anyone: pages that show nothing of an agency, or only what a signed link names."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view
