"""Ask once more before what cannot be undone, with and without script."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

View = Callable[..., HttpResponse]


def confirmed(title: str | Promise, verb: str | Promise, body: str | Promise = "") -> Callable[[View], View]:
    """Let a POST through only when it was confirmed; otherwise answer with a page that asks.

    The script's dialog (`data-confirm` on the form) sends `confirmed=1`; without script the page does.
    """

    def ask_first(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST" or request.POST.get("confirmed"):
                return view(request, *args, **kwargs)
            fields = [
                (name, value)
                for name, values in request.POST.lists()
                if name != "csrfmiddlewaretoken"
                for value in values
            ]
            words = {"title": title, "verb": verb, "body": body, "fields": fields}
            return render(request, "confirm.html", words | {"back": request.headers.get("Referer", "/")})

        return asked

    return ask_first
