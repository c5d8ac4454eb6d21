"""Keep the menu as data: each app registers its items when it is ready, the shell shows what one may open.

An item names its URL; items whose URL does not exist (yet) do not show. The side menu groups the items, the
phone's tab bar shows those with a `tab` position, and the page "me" lists the rest, so that nothing is out of
reach on a phone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUPS = {
    "daily": _("Daily"),
    "talk": _("Talks"),
    "business": _("Business"),
    "team": _("Team"),
}


@dataclass(frozen=True)
class Item:
    """One entry of the menu.

    An item without a group stands in the tab bar alone. `permission` is the dotted name that is needed,
    `counter` gives the number beside the label (0 hides it), `tab` the place in the phone's tab bar (1–5; of
    two for one place the earlier in the menu stands there), `order` the place within the group.
    """

    label: str | Promise
    icon: str
    url_name: str
    group: str = "daily"
    permission: str = ""
    order: int = 50
    tab: int = 0
    tab_label: str | Promise = ""
    counter: Callable[[Any], int] | None = None


@dataclass(frozen=True)
class Entry:
    """An item as one person sees it on one page."""

    item: Item
    url: str
    count: int
    current: bool


_items: dict[str, Item] = {}


def register(*items: Item) -> None:
    """Add items to the menu; registering a URL name again replaces its item.

    :raises ValueError: when the group is unknown.
    """
    for item in items:
        if item.group and item.group not in GROUPS:
            raise ValueError(f"Unknown menu group {item.group!r}: use one of {', '.join(GROUPS)}.")
        _items[item.url_name] = item


def registered() -> list[Item]:
    """Return all items in the order of the side menu."""
    places = ["", *GROUPS]
    return sorted(_items.values(), key=lambda item: (places.index(item.group), item.order))


@cache
def url_of(url_name: str) -> str:
    """Return the URL of a named page without arguments, or "" when there is none."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def entries(request: HttpRequest, may: Callable[[str], bool]) -> list[Entry]:
    """Return what this person may open; `may` answers whether they hold a permission."""
    open_to = [
        (item, url_of(item.url_name))
        for item in registered()
        if url_of(item.url_name) and (not item.permission or may(item.permission))
    ]
    here = max((url for _item, url in open_to if _covers(url, request.path)), key=len, default=None)
    return [Entry(item, url, _count(item, request), url == here) for item, url in open_to]


def _count(item: Item, request: HttpRequest) -> int:
    return item.counter(request) if item.counter else 0


def _covers(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def grouped(shown: list[Entry]) -> Iterator[tuple[str | Promise, list[Entry]]]:
    """Yield the side menu: each group's title with its entries, empty groups left out."""
    for key, title in GROUPS.items():
        if inside := [entry for entry in shown if entry.item.group == key]:
            yield title, inside


def tabs(shown: list[Entry]) -> list[Entry]:
    """Return the entries of the phone's tab bar: for each place the first in the order of the menu."""
    places: dict[int, Entry] = {}
    for entry in shown:
        if entry.item.tab:
            places.setdefault(entry.item.tab, entry)
    return [places[place] for place in sorted(places)]
