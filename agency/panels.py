"""What other apps show and offer on the page of a client or a worker, by URL name and never by import.

The app that owns the data registers a panel or an action when it is ready; the page loads the panel by htmx and links
the action, and the view asks the permission once more. What has no URL (yet) does not show.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.http import urlencode

from agency.navigation import url_of
from agency.permissions import can


@dataclass(frozen=True)
class Panel:
    """One panel: on the page of what (`client`, `worker`), its URL (with `pk` of that thing), for whom, and where."""

    on: str
    url_name: str
    permission: str
    order: int = 50
    place: str = "main"


@dataclass(frozen=True)
class Action:
    """One button: its URL takes no argument; the thing goes into the query, as in `?worker=7`."""

    on: str
    label: str | Promise
    icon: str
    url_name: str
    permission: str
    order: int = 50
    primary: bool = False


_panels: dict[tuple[str, str], Panel] = {}
_actions: dict[tuple[str, str], Action] = {}


def register(*panels: Panel) -> None:
    """Add panels; registering the same URL on the same page again replaces it."""
    for panel in panels:
        _panels[panel.on, panel.url_name] = panel


def register_action(*actions: Action) -> None:
    """Add buttons; registering the same URL on the same page again replaces it."""
    for action in actions:
        _actions[action.on, action.url_name] = action


def actions_for(request: HttpRequest, on: str, pk: Any) -> list[tuple[Action, str]]:
    """Return the buttons this person may use on a page, each with its URL."""
    chosen = sorted((action for action in _actions.values() if action.on == on), key=lambda action: action.order)
    return [
        (action, f"{url}?{urlencode({on: pk})}")
        for action in chosen
        if can(request.user, action.permission) and (url := url_of(action.url_name))
    ]


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
