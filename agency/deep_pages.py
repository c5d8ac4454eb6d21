"""Page the longest lists to any depth, with an exact count: keys first, by an index alone, then one page of rows."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

Load = Callable[[list[Any]], Iterable[Any]]


class DeepPaginator(Paginator):
    """A paginator whose last page costs what its first does, and whose middle walks half of one index.

    The rows must be ordered completely (end the order with the primary key), or pages overlap. `load` gets the
    keys of one page and returns its rows, in any order; without it they are read by key. `known` are all the keys in
    their order, where the caller has read them: best for a search or filter that leaves few rows, since a LIMIT tempts
    the planner to walk the index of the order through the whole agency. A page beyond the end is the last one, and
    nonsense the first: a link kept from yesterday still works.
    """

    def __init__(
        self, rows: QuerySet, per_page: int, load: Load | None = None, *, known: Sequence[Any] | None = None
    ) -> None:
        super().__init__(rows, per_page)
        self.keys = rows.values_list("pk", flat=True)
        self.load = load or (lambda keys: rows.model._default_manager.filter(pk__in=keys))
        self.known = known

    @cached_property
    def count(self) -> int:
        """How many rows there are on all pages."""
        return self.keys.count() if self.known is None else len(self.known)

    def page(self, number: Any) -> Page:
        """Return the page; also what `get_page` and the API ask."""
        number = self._inside(number)
        first = (number - 1) * self.per_page
        keys = self._keys(first, min(first + self.per_page, self.count))
        found = {row.pk: row for row in self.load(keys)} if keys else {}
        return Page([found[key] for key in keys if key in found], number, self)

    get_page = page

    def _keys(self, first: int, last: int) -> list[Any]:
        if self.known is not None:
            return list(self.known[first:last])
        if first <= self.count // 2:
            return list(self.keys[first:last])
        return list(self.keys.reverse()[self.count - last : self.count - first])[::-1]

    def _inside(self, number: Any) -> int:
        try:
            return min(max(int(number), 1), self.num_pages)
        except (TypeError, ValueError):
            return 1
