"""Clients in the search palette."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from agency.palette import Hit

from .queries import clients_for

MOST = 5


def find(request: HttpRequest, words: str) -> Iterator[Hit]:
    """Yield the clients whose name begins so, those served now."""
    for client in clients_for(request.user, words, ended=False)[:MOST]:
        yield Hit(client.short_name, reverse("clients:client", kwargs={"pk": client.pk}), client.name)
