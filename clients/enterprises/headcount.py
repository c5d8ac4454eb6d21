"""How many workers are at a client: asked here, answered by the app that knows placements."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Headcount:
    """Workers at a client on a day, and who came and went in its month so far."""

    now: int = 0
    came: int = 0
    went: int = 0


Counter = Callable[[Collection[int], dt.date], dict[int, Headcount]]
SiteCounter = Callable[[int, dt.date], dict[int | None, int]]
_counters: dict[str, Callable] = {}


def counted_by(clients: Counter, sites: SiteCounter) -> None:
    """Name the functions that count, by client and by site of one client."""
    _counters.update(clients=clients, sites=sites)


def headcounts(client_ids: Collection[int], on: dt.date) -> dict[int, Headcount]:
    """Return the headcount of each client; a client without workers is left out."""
    return _counters["clients"](client_ids, on) if client_ids and "clients" in _counters else {}


def headcounts_by_site(client_id: int, on: dt.date) -> dict[int | None, int]:
    """Return the workers at each site of a client; key None holds those without a site."""
    return _counters["sites"](client_id, on) if "sites" in _counters else {}
