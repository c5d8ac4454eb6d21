"""What rooms offer people without an account, on pages of other rooms behind a signed link.

The room that owns the page draws the buttons; the room that offers one registers it when it is ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Offer:
    """One button on a worker's page: `url(worker)` signs the link it opens."""

    key: str
    label: str | Promise
    icon: str
    url: Callable[[Any], str]


_offers: dict[str, Offer] = {}


def register(*offers: Offer) -> None:
    """Add offers; the same key again replaces."""
    for offer in offers:
        _offers[offer.key] = offer


def offers_to(worker: Any) -> list[tuple[Offer, str]]:
    """Return what a worker is offered, each with its link."""
    return [(offer, offer.url(worker)) for offer in _offers.values()]
