"""Panels: what other apps show on the page of a client or a worker, by URL name and never by import.

The app that owns the data registers a panel when it is ready; the page loads it by htmx, and its view asks the
permission once more. Panels whose URL does not exist do not show.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from agency.permissions import can


@dataclass(frozen=True)
class Panel:
    """One panel: on the page of what (`client`, `worker`), its URL (with `pk` of that thing), for whom, and where."""

    on: str
    url_name: str
    permission: str
    order: int = 50
    place: str = "main"


_panels: dict[tuple[str, str], Panel] = {}


def register(*panels: Panel) -> None:
    """Add panels; registering the same URL on the same page again replaces it."""
    for panel in panels:
        _panels[panel.on, panel.url_name] = panel


def panels_for(request: HttpRequest, on: str, pk: Any, place: str = "main") -> list[str]:
    """Return the URLs of the panels that this person may see on a page, in their order."""
    chosen = [panel for panel in _panels.values() if (panel.on, panel.place) == (on, place)]
    allowed = [panel for panel in sorted(chosen, key=lambda p: p.order) if can(request.user, panel.permission)]
    return [url for panel in allowed if (url := _url(panel, pk))]


def _url(panel: Panel, pk: Any) -> str:
    try:
        return reverse(panel.url_name, kwargs={"pk": pk})
    except NoReverseMatch:
        return ""
