"""One page of the roster with its counts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Q

from agency.deep_pages import DeepPaginator
from agency.shell.formats import count

from .filters import ALL, EMPLOYED, LEFT, STATUSES, WAITING, WorkerFilter
from .standing import standings

SIZE = 50


@dataclass(frozen=True)
class Listing:
    """What the roster's page shows."""

    page: Page
    counts: dict[str, int]

    @property
    def choices(self) -> list[tuple[Any, ...]]:
        """Return the statuses as filter links; who waits is not counted before it is asked for."""
        numbers = {status: count(number) for status, number in self.counts.items()}
        return [("" if status == EMPLOYED else status, label, numbers.get(status)) for status, label in STATUSES]


def listing(filters: WorkerFilter, number: Any, on: dt.date, size: int = SIZE) -> Listing:
    """Return a page of workers; in an agency of 100,000 it costs the same at any depth."""
    status = filters.chosen_status
    counts, keys = _few(filters, on) if filters.is_narrow else (_count(filters, on), {})
    known = list(filters.qs.values_list("pk", flat=True)) if status == WAITING else keys.get(status)
    paginator = DeepPaginator(filters.qs, size, load=lambda chosen: standings(chosen, on), known=known)
    if known is None:
        paginator.count = counts[status]
    return Listing(paginator.page(number), counts)


def _count(filters: WorkerFilter, on: dt.date) -> dict[str, int]:
    """Count a whole agency by status, from an index alone."""
    employed = Q(left_on=None) | Q(left_on__gt=on)
    rows = filters.any_status(filters.queryset.all()).order_by()
    counts = rows.aggregate(**{EMPLOYED: Count("pk", filter=employed), ALL: Count("pk")})
    return counts | {LEFT: counts[ALL] - counts[EMPLOYED]}


def _few(filters: WorkerFilter, on: dt.date) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Read the keys of all that search and filters leave, once, and sort them by status."""
    rows = filters.any_status(filters.queryset.all()).order_by(*filters.chosen_order)
    keys: dict[str, list[int]] = {EMPLOYED: [], LEFT: [], ALL: []}
    for key, left_on in rows.values_list("pk", "left_on"):
        keys[ALL].append(key)
        keys[LEFT if left_on is not None and left_on <= on else EMPLOYED].append(key)
    return {status: len(found) for status, found in keys.items()}, keys
