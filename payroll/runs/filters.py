"""What a run's table shows: which rows, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from payroll.models import PayrollRun, Payslip
from payroll.payslips.checks import Check

LOOK, CHANGED, NEW, LEFT = "look", "changed", "new", "left"
VIEWS = (
    ("", _("All")),
    (LOOK, _("To look at")),
    (CHANGED, _("Changed by over 20%")),
    (NEW, _("Newly joined")),
    (LEFT, _("Has left")),
)
BITS = {CHANGED: Check.CHANGED, NEW: Check.NEW, LEFT: Check.LEFT}
# By name unless asked; what is to be looked at comes first, and of it what nobody has looked at.
USUAL = ("-open_attention", "-attention", "name_pinyin", "pk")
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

    @classmethod
    def asked(cls, query: Mapping[str, Any]) -> "SlipFilter":
        """Read a query string; what it does not know counts as not asked."""
        view = str(query.get("view", ""))
        return cls(
            view if view in dict(VIEWS) else "",
            str(query.get("q", "")).strip()[:40],
            str(query.get("sort", "")),
            query.get("compare", "1") != "0",
        )

    def rows(self, run: PayrollRun) -> QuerySet[Payslip]:
        """Return the run's payslips that match, in order."""
        slips = with_bits(Payslip.objects.filter(run=run)).annotate(
            open_attention=Q(attention__gt=0, looked_by=None), change=F("net_fen") - F("previous_net_fen")
        )
        if self.view:
            slips = slips.filter(_matching(self.view))
        if self.words:
            lower = self.words.lower()
            slips = slips.filter(
                Q(name__contains=self.words) | Q(employee_no__contains=self.words) | Q(name_pinyin__startswith=lower)
            )
        return slips.order_by(*self._order())

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
    """Count the rows of each view, and of those to look at how many nobody has looked at, in one query."""
    return with_bits(Payslip.objects.filter(run=run)).aggregate(
        all=Count("pk"),
        unseen=Count("pk", filter=Q(attention__gt=0, looked_by=None)),
        **{name: Count("pk", filter=_matching(name)) for name in (LOOK, *BITS)},
    )


def _matching(view: str) -> Q:
    return Q(attention__gt=0) if view == LOOK else Q(**{f"is_{view}__gt": 0})
