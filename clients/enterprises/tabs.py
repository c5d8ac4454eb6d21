"""The tabs of a client's page; other apps add theirs by URL name when they are ready."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.permissions import can
from clients.models import ClientEnterprise

Count = Callable[[ClientEnterprise, dt.date], int]


@dataclass(frozen=True)
class Tab:
    """One tab: its URL takes the client's `pk`; `count(client, today)` gives the number beside the label."""

    label: str | Promise
    url_name: str
    permission: str = "clients.client.view"
    order: int = 50
    count: Count | None = None


_tabs: dict[str, Tab] = {}


def register(*tabs: Tab) -> None:
    """Add tabs; registering a URL name again replaces its tab."""
    for tab in tabs:
        _tabs[tab.url_name] = tab


def tabs_of(request: HttpRequest, client: ClientEnterprise) -> list[dict[str, Any]]:
    """Return the tabs as the component draws them, only those the person may open."""
    on, here = today(), request.resolver_match.view_name if request.resolver_match else ""
    shown = []
    for tab in sorted(_tabs.values(), key=lambda tab: tab.order):
        if can(request.user, tab.permission) and (url := _url(tab, client)):
            count = tab.count(client, on) if tab.count else None
            shown.append({"url": url, "label": tab.label, "count": count, "current": tab.url_name == here})
    return shown


def _url(tab: Tab, client: ClientEnterprise) -> str:
    try:
        return reverse(tab.url_name, kwargs={"pk": client.pk})
    except NoReverseMatch:
        return ""


register(
    Tab(_("Overview"), "clients:client", order=10),
    Tab(_("Places and posts"), "clients:places", order=30),
    Tab(_("Contacts"), "clients:contacts", order=40),
    Tab(_("Agreements"), "clients:agreements", order=50),
    Tab(_("Who serves"), "clients:assignments", order=60),
)
