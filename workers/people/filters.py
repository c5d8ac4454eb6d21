"""Search, filter and sort the roster; pages and API share it."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.permissions import sees_whole_agency, visible
from agency.pinyin import person_search
from clients.models import ClientEnterprise, Site
from workers.models import Worker

EMPLOYED, WAITING, LEFT, ALL = "employed", "waiting", "left", "all"
STATUSES = [
    (EMPLOYED, _("Employed")),
    (WAITING, _("Waiting for a placement")),
    (LEFT, _("Left")),
    (ALL, _("All")),
]
# Each order is complete: it ends with the key, and an index of the same order starts with the agency.
SORTS = {
    "name": ("name_pinyin", "pk"),
    "no": ("employee_no", "pk"),
    "joined": ("joined_on", "pk"),
}


def _clients(request: HttpRequest | None) -> QuerySet[ClientEnterprise]:
    return visible(request.user, ClientEnterprise) if request else ClientEnterprise._base_manager.none()


def _sites(request: HttpRequest | None) -> QuerySet[Site]:
    return visible(request.user, Site) if request else Site._base_manager.none()


def _named(label: Promise) -> forms.Select:
    """Return a select that stands without a visible label."""
    return forms.Select(attrs={"aria-label": label})


class WorkerFilter(django_filters.FilterSet):
    """Workers employed now, unless `status` says otherwise, in the order of their names."""

    q = django_filters.CharFilter(label=_("Name, initials, last digits of the phone, employee number"))
    client = django_filters.ModelChoiceFilter(
        label=_("Client"), queryset=_clients, empty_label=_("All clients"), widget=_named(_("Client"))
    )
    site = django_filters.ModelChoiceFilter(
        label=_("Place"), queryset=_sites, empty_label=_("All places"), widget=_named(_("Place"))
    )
    status = django_filters.ChoiceFilter(label=_("Status"), choices=STATUSES)
    sort = django_filters.ChoiceFilter(
        label=_("Order"), choices=[(sign + name, sign + name) for name in SORTS for sign in ("", "-")]
    )

    class Meta:
        model = Worker
        fields: list[str] = []

    def __init__(self, *args: Any, client: ClientEnterprise | None = None, **kwargs: Any) -> None:
        """Filter; with `client`, the roster of that client and the places of that client only."""
        super().__init__(*args, **kwargs)
        if client:
            self.form.fields["site"].queryset = visible(self.request.user, Site).filter(client=client)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply all at once: client and place must hold for the same placement."""
        return self.of_status(self.any_status(queryset), self.chosen_status).order_by(*self.chosen_order)

    def any_status(self, queryset: QuerySet) -> QuerySet:
        """Apply search, client and place, whatever the status: what the counts beside the statuses count."""
        places = {name: self.given[name] for name in ("client", "site") if self.given.get(name)}
        if places:
            queryset = queryset.last_placed(today(), **places)
        return person_search(queryset, self.given.get("q") or "")

    def of_status(self, queryset: QuerySet, status: str) -> QuerySet:
        """Keep the workers of one status."""
        chosen = {EMPLOYED: "employed_on", WAITING: "waiting_on", LEFT: "left_by"}.get(status)
        return getattr(queryset, chosen)(today()) if chosen else queryset

    @property
    def given(self) -> dict[str, Any]:
        return self.form.cleaned_data if self.is_valid() else {}

    @property
    def chosen_status(self) -> str:
        return self.given.get("status") or EMPLOYED

    @property
    def chosen_order(self) -> tuple[str, ...]:
        asked = self.given.get("sort") or "name"
        fields = SORTS[asked.removeprefix("-")]
        return tuple(f"-{field}" for field in fields) if asked.startswith("-") else fields

    @property
    def is_narrow(self) -> bool:
        """Tell whether few of the agency's workers are left, so that their keys may be read at once."""
        asked = any(self.given.get(name) for name in ("q", "client", "site"))
        return asked or not sees_whole_agency(self.request.user)
