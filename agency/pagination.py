"""Pages of long lists: stable order, cheap counts, cheap deep pages."""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeVar

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from agency.tenancy.context import current_agency_id

SIZE = 50
SIZES = (20, 50, 100, 200)
LARGE = 2_000
COUNT_SECONDS = 60
M = TypeVar("M", bound=Model)


class SteadyPaginator(Paginator):
    """Page through a queryset whose order is made total by its primary key.

    A count above 2,000 is kept for a minute. A page is cut out of the primary keys first, so that the
    database walks over an index and not over whole rows to reach a deep page.
    """

    object_list: QuerySet[Any]

    def __init__(self, queryset: QuerySet[Any], size: int = SIZE) -> None:
        super().__init__(steady(queryset), size)

    @cached_property
    def count(self) -> int:
        key = self._cache_key
        known = cache.get(key)
        if known is None:
            known = self.object_list.order_by().count()
            if known > LARGE:
                cache.set(key, known, COUNT_SECONDS)
        return known

    def page(self, number: Any) -> Page:
        page = super().page(number)
        if page.number > 1 and isinstance(page.object_list, QuerySet):
            page.object_list = self._rows(page.object_list)
        return page

    def _rows(self, cut: QuerySet[Any]) -> QuerySet[Any]:
        keys = list(cut.values_list("pk", flat=True))
        return self.object_list.filter(pk__in=keys)

    @property
    def _cache_key(self) -> str:
        sql, params = self.object_list.order_by().query.sql_with_params()
        digest = hashlib.sha256(f"{sql}\x1f{params!r}".encode()).hexdigest()
        return f"count:{current_agency_id()}:{digest}"


def paginate(request: HttpRequest, queryset: QuerySet[M], size: int = SIZE) -> Page:
    """Return the page that ``?page=`` asks for, the nearest one where there is no such page.

    ``?size=`` may choose 20, 50, 100 or 200 rows. Show it with ``{% pagination page_obj %}``, which keeps the
    rest of the query string.
    """
    asked = request.GET.get("size", "")
    chosen = int(asked) if asked.isdecimal() and int(asked) in SIZES else size
    return SteadyPaginator(queryset, chosen).get_page(request.GET.get("page"))


def steady(queryset: QuerySet[M]) -> QuerySet[M]:
    """Return the queryset with the primary key as last criterion, so that no row shows on two pages."""
    order = list(queryset.query.order_by or (queryset.ordered and queryset.model._meta.ordering) or ())
    if any(str(field).lstrip("-") in ("pk", "id") for field in order):
        return queryset
    return queryset.order_by(*order, "pk")


def in_batches(queryset: QuerySet[M], size: int = 1_000, after: int = 0) -> Iterator[list[M]]:
    """Yield all rows in lists of ``size`` by ascending primary key, beginning after one of them.

    Each list is a query of its own from where the last one ended: nothing is skipped when rows change
    meanwhile, and a job that was stopped goes on from the last key it wrote down.
    """
    while rows := list(queryset.order_by("pk").filter(pk__gt=after)[:size]):
        yield rows
        after = rows[-1].pk
