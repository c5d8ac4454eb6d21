"""What a run's table shows: which rows, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agency.deep_pages import DeepPaginator
from agency.money import Column
from agency.tenancy.context import current_agency_id
from payroll.models import PayrollRun, Payslip
from payroll.payslips.checks import Check

LOOK, CHANGED, NEW, LEFT = "look", "changed", "new", "left"
VIEWS = (
    ("", _("All")),
    (LOOK, _("To look at")),
    (CHANGED, _("Changed beyond the limit")),
    (NEW, _("Newly joined")),
    (LEFT, _("Has left")),
)
BITS = {CHANGED: Check.CHANGED, NEW: Check.NEW, LEFT: Check.LEFT}
# What is to be looked at comes first, then by name: looking at a row does not move it.
USUAL = ("-attention", "name_pinyin", "pk")
ROWS, KEPT_SECONDS = 50, 1800
SORTS = {
    "name": ("name_pinyin", "pk"),
    "look": USUAL,
    "gross": ("gross_fen", "pk"),
    "net": ("net_fen", "pk"),
    "change": (F("change").asc(nulls_last=True), "pk"),
}


@dataclass(frozen=True)
class SlipFilter:
    """The filter a page asks for."""

    view: str = ""
    words: str = ""
    sort: str = ""
    compare: bool = True
    check: str = ""

    @classmethod
    def asked(cls, query: Mapping[str, Any]) -> "SlipFilter":
        """Read a query string; what it does not know counts as not asked."""
        view, sort = str(query.get("view", "")), str(query.get("sort", ""))
        return cls(
            view if view in dict(VIEWS) else "",
            str(query.get("q", "")).strip()[:40],
            sort if sort.removeprefix("-") in SORTS else "",
            query.get("compare", "1") != "0",
            check if (check := str(query.get("check", ""))) in Check.__members__ else "",
        )

    def page(self, run: PayrollRun, number: Any) -> Any:
        """Return one page of the run's payslips that match; twenty thousand rows are ordered once, not on each page."""
        return DeepPaginator(self.rows(run), ROWS, self._load, known=self.keys(run)).get_page(number)

    def keys(self, run: PayrollRun) -> list[int]:
        """Return the keys of the payslips that match, in order; without a search they are kept for the version."""
        if self.words:
            return self._read(run)
        name = f"{current_agency_id()}:{run.pk}:{run.version}:{self.view}:{self.check}:{self.sort}"
        return cache.get_or_set(f"payroll.slips:{name}", lambda: self._read(run), KEPT_SECONDS)

    def rows(self, run: PayrollRun) -> QuerySet[Payslip]:
        """Return the run's payslips that match, in order."""
        slips = with_bits(Payslip.objects.filter(run=run)).annotate(change=F("net_fen") - F("previous_net_fen"))
        if self.view:
            slips = slips.filter(_matching(self.view))
        if self.check:
            slips = slips.annotate(has_check=F("checks").bitand(int(Check[self.check]))).filter(has_check__gt=0)
        if self.words:
            lower = self.words.lower()
            slips = slips.filter(
                Q(name__contains=self.words) | Q(employee_no__contains=self.words) | Q(name_pinyin__startswith=lower)
            )
        return slips.order_by(*self._order())

    def _read(self, run: PayrollRun) -> list[int]:
        return list(self.rows(run).values_list("pk", flat=True))

    @staticmethod
    def _load(keys: list[int]) -> QuerySet[Payslip]:
        slips = with_bits(Payslip.objects.filter(pk__in=keys)).defer("place")
        return slips.annotate(change=F("net_fen") - F("previous_net_fen"))

    def _order(self) -> tuple[Any, ...]:
        name = self.sort.removeprefix("-")
        order = SORTS.get(name, USUAL)
        if not self.sort.startswith("-"):
            return order
        if name == "change":
            return (F("change").desc(nulls_last=True), "pk")
        return tuple(field.removeprefix("-") if field.startswith("-") else f"-{field}" for field in order)


def with_bits(slips: QuerySet[Payslip]) -> QuerySet[Payslip]:
    return slips.annotate(**{f"is_{name}": F("checks").bitand(int(bit)) for name, bit in BITS.items()})


def counts_of(run: PayrollRun) -> dict[str, int]:
    """Return how many rows each view has, as counted when the run was computed, and how many nobody has looked at."""
    counted = run.totals.get("views") or count_views(run)
    return counted | {"unseen": Payslip.objects.waiting(run).count()}


def count_views(run: PayrollRun) -> dict[str, int]:
    """Count the rows of each view in one query."""
    return with_bits(Payslip.objects.filter(run=run)).aggregate(
        all=Count("pk"), **{name: Count("pk", filter=_matching(name)) for name in (LOOK, *BITS)}
    )


def views_of(checks: Column, attention: Column) -> dict[str, int]:
    """Count the same over a run's columns as they are computed."""
    bits = {name: int(np.count_nonzero(checks & int(bit))) for name, bit in BITS.items()}
    return {"all": len(checks), LOOK: int(np.count_nonzero(attention))} | bits


def _matching(view: str) -> Q:
    return Q(attention__gt=0) if view == LOOK else Q(**{f"is_{view}__gt": 0})
