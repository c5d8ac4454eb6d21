"""Give every page what its frame needs: the menu, the names, the theme."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property

from agency import navigation
from agency.permissions import can

THEMES = ("light", "dark")


class Shell:
    """The frame of one page for one person; asks the database only for what the template shows."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.person = getattr(request, "user", None)

    @property
    def signed_in(self) -> bool:
        return bool(self.person and self.person.is_authenticated)

    @property
    def theme(self) -> str:
        """Return the forced theme, or "" to follow the system."""
        chosen = self.request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else ""

    @cached_property
    def entries(self) -> list[navigation.Entry]:
        if not self.signed_in:
            return []
        return navigation.entries(self.request, lambda permission: can(self.person, permission))

    @property
    def groups(self) -> list[tuple[Any, list[navigation.Entry]]]:
        return list(navigation.grouped(self.entries))

    @property
    def tabs(self) -> list[navigation.Entry]:
        return navigation.tabs(self.entries)

    @property
    def beyond_tabs(self) -> list[tuple[Any, list[navigation.Entry]]]:
        """Return the groups without what the phone's tab bar already shows."""
        shown = self.tabs
        return list(navigation.grouped([entry for entry in self.entries if entry not in shown]))

    @property
    def person_key(self) -> int | str:
        """Return what keeps one person's drafts apart from another's on a shared device."""
        return self.person.pk if self.signed_in else ""

    @property
    def agency_name(self) -> str:
        return self.person.agency.short_name if self.signed_in else ""

    @property
    def branch_name(self) -> str:
        return self.person.branch.name if self.signed_in and self.person.branch_id else ""

    @property
    def search_url(self) -> str:
        return navigation.url_of("agency:search")


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Add `shell` to the context of every template."""
    return {"shell": Shell(request)}
