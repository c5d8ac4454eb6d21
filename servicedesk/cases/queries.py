"""Cases as lists show them."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from agency.permissions import visible
from agency.pinyin import person_search
from workers.models import Worker

from .models import Case, CaseCategory
from .states import FINISHED, UNFINISHED, WAITING

if TYPE_CHECKING:
    from django.http import QueryDict

    from agency.staff.models import StaffMember

MINE, WAIT, ALL, DONE = "", "waiting", "unfinished", "done"
LATE = "late"
NUMBERS = ("worker__identity_number", "worker__phone", "contact__phone", "assignee__phone", "about__phone")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of cases is limited to; what makes no sense in an address is left out."""

    tab: str = MINE
    kind: str = ""
    client: str = ""
    words: str = ""

    @classmethod
    def of(cls, params: "QueryDict") -> "Filters":
        tab, kind, client = params.get("tab", ""), params.get("kind", ""), params.get("client", "")
        return cls(
            tab=tab if tab in (WAIT, ALL, DONE) else MINE,
            kind=kind if kind in (*CaseCategory.Kind.values, LATE) else "",
            client=client if client.isdecimal() and len(client) < 19 else "",
            words=params.get("q", "").strip()[:40],
        )


def _tabs(viewer: "StaffMember") -> dict[str, Q]:
    return {
        MINE: Q(assignee=viewer, state__in=UNFINISHED),
        WAIT: Q(state__in=WAITING),
        ALL: Q(state__in=UNFINISHED),
        DONE: Q(state__in=FINISHED),
    }


def with_details(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """Fetch with each case what its row and its page show; personal numbers stay in the table."""
    return cases.select_related("client", "site", "worker", "contact", "category", "assignee", "about").defer(*NUMBERS)


def cases_for(viewer: "StaffMember", filters: Filters, now: dt.datetime) -> "QuerySet[Case]":
    """Return the cases a viewer may see, filtered, what is overdue first."""
    cases = visible(viewer, Case).filter(_tabs(viewer)[filters.tab])
    if filters.kind == LATE:
        cases = cases.overdue(now)
    elif filters.kind:
        cases = cases.filter(category__kind=filters.kind)
    if filters.client:
        cases = cases.filter(client=filters.client)
    if filters.words:
        workers = person_search(Worker.objects.all(), filters.words).values("pk")
        cases = cases.filter(Q(number__startswith=filters.words) | Q(worker__in=workers))
    return with_details(cases).by_urgency()  # type: ignore[attr-defined]


def tab_counts(viewer: "StaffMember", now: dt.datetime) -> dict[str, int]:
    """Count the cases of each tab, and those of one's own that are overdue or due before the day is over."""
    tabs = _tabs(viewer)
    counted: dict[str, Any] = {f"n_{tab}": Count("pk", filter=q) for tab, q in tabs.items()}
    found = visible(viewer, Case).aggregate(
        **counted,
        late=Count("pk", filter=tabs[ALL] & Q(due_at__lt=now)),
        today=Count("pk", filter=tabs[MINE] & Q(due_at__lt=end_of(now))),
    )
    return {name.removeprefix("n_"): count for name, count in found.items()}


def due_today(viewer: "StaffMember") -> int:
    """Count one's own cases that are overdue or due before the day is over, for the menu."""
    return visible(viewer, Case).filter(assignee=viewer, due_at__lt=end_of(timezone.localtime())).count()


def of_worker(viewer: "StaffMember", worker: Worker) -> "QuerySet[Case]":
    """Return a worker's cases that the viewer may see, the newest first."""
    return with_details(visible(viewer, Case).filter(worker=worker)).order_by("-received_at", "-pk")


def end_of(now: dt.datetime) -> dt.datetime:
    """Return the end of a local moment's day."""
    return dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), now.tzinfo)
