"""Say what happened, with a way back: messages show as toasts after a page and an htmx request alike."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

UNDO = "undo:"


def toast(request: HttpRequest, text: str, undo: str = "") -> None:
    """Say that something was done; `undo` is the URL to which taking it back is posted."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo}" if undo else "")


def warn(request: HttpRequest, text: str) -> None:
    """Say that something went wrong and how to mend it; stays until it is closed."""
    messages.error(request, text)


def state_of(message: Message) -> str:
    """Return ok or bad, the two looks of a toast."""
    return "bad" if message.level >= messages.WARNING else "ok"


def undo_of(message: Message) -> str:
    """Return the URL that takes it back, or ""."""
    return (message.extra_tags or "").removeprefix(UNDO)


class ToastMiddleware:
    """Send the messages of an htmx request as a `toast` event, since its part shows none itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the event unless the browser goes to another page, which will show them."""
        response = self.get_response(request)
        moving = {"HX-Redirect", "HX-Refresh", "HX-Location", "Location"} & set(response.headers)
        if not getattr(request, "htmx", False) or moving:
            return response
        waiting = messages.get_messages(request)
        if getattr(waiting, "used", True):
            return response
        items = [{"text": str(m), "state": state_of(m), "undo": undo_of(m)} for m in waiting]
        return trigger_client_event(response, "toast", {"items": items}) if items else response
