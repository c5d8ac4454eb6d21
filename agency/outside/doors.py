"""The door behind a signed link: it opens the agency the link names, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from agency.models import Agency
from agency.tenancy.context import tenant

from . import limits
from .links import BadLink

LANGUAGES = {"zh": "zh-hans", "en": "en"}
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Door:
    """Decorate a view with it: `view(request, token, thing)` runs inside the agency of the link.

    `agency_of` reads the token and returns the agency's key; `find`, called inside the agency, returns the thing. Both
    raise `BadLink`. A bad, old or overused link gets a friendly page with `too_old` or `broken`. `?lang=en` speaks
    English.

    No CSRF token: whoever holds the link may answer, and nobody else can name it. Old phones need no cookie so.
    """

    agency_of: Callable[[str], int]
    find: Callable[[str], Any]
    too_old: str | Promise
    broken: str | Promise

    def __call__(self, view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            who = limits.address(request)
            with translation.override(LANGUAGES.get(request.GET.get("lang", ""), translation.get_language())):
                if limits.spent("forged", who, limits.FORGERIES) or not limits.within("open", who, limits.OPENINGS):
                    return too_often(request)
                try:
                    return self._open(view, request, token, kwargs)
                except BadLink as bad:
                    if not bad.expired:
                        limits.within("forged", who, limits.FORGERIES)
                    return _gone(request, 404, expired=bad.expired, help=self.too_old if bad.expired else self.broken)

        return never_cache(csrf_exempt(opened))

    def _open(self, view: View, request: HttpRequest, token: str, kwargs: dict[str, Any]) -> HttpResponse:
        agency_id = self.agency_of(token)
        if not Agency.objects.filter(pk=agency_id, suspended_at=None).exists():
            raise BadLink
        with tenant(agency_id):
            return view(request, token, self.find(token), **kwargs)


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer somebody who tries again and again."""
    return _gone(request, 429, often=True)


def _gone(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    return render(request, "outside/gone.html", context, status=status)
