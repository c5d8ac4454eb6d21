"""The search palette: each app registers what it can find, the shell asks them all.

A finder gets the person and what they typed and returns what that person may see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from agency.permissions import can, signed_in

LONGEST = 60


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is called, where it opens, and a word that tells it from its namesakes."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Finder:
    """What one app can find: the heading, the icon of its rows, the permission, and the search itself."""

    key: str
    label: str | Promise
    icon: str
    permission: str
    find: Callable[[HttpRequest, str], Iterable[Hit]]
    order: int = 50


_finders: dict[str, Finder] = {}


def register(*finders: Finder) -> None:
    """Add finders; the same key again replaces."""
    for finder in finders:
        _finders[finder.key] = finder


@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Answer the palette's field with rows; pages of the menu are filtered in the browser."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    finders = [finder for finder in _finders.values() if words and can(request.user, finder.permission)]
    found = [(finder, list(finder.find(request, words))) for finder in sorted(finders, key=lambda f: f.order)]
    groups = [(finder, hits) for finder, hits in found if hits]
    return render(request, "agency/palette/found.html", {"groups": groups, "words": words})
