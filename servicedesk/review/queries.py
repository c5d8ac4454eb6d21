"""What the spot-check page shows."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from agency.periods import Period

from .models import SpotCheck, SpotCheckItem, SpotCheckPolicy
from .rates import Certainty, judgement, wilson

LOOK_BACK_MONTHS = 2


@dataclass(frozen=True)
class Truth:
    """How true one specialist's talks were found over three months, and what that allows."""

    staff_id: int
    name: str
    certainty: Certainty
    state: str


def checks_of(period: Period) -> QuerySet[SpotCheck]:
    """Return a month's draws with how much was drawn and is still to check."""
    waiting = Count("items", filter=Q(items__outcome=SpotCheckItem.Outcome.PENDING))
    return (
        SpotCheck.objects.filter(period=str(period))
        .defer("listing")
        .select_related("drawn_by")
        .annotate(drawn_count=Count("items"), waiting_count=waiting)
    )


def items_of(check: SpotCheck) -> QuerySet[SpotCheckItem]:
    return check.items.select_related("log__client", "staff").prefetch_related(
        "log__people__worker", "log__people__contact"
    )


def outcome_counts(check: SpotCheck) -> Counter[str]:
    return Counter(check.items.values_list("outcome", flat=True))


def truths(period: Period) -> list[Truth]:
    """Return each specialist's rate of true talks over the month and the two before it, the lowest first."""
    policy = SpotCheckPolicy.objects.valid_on(period.last_day).first()
    target = policy.target_percent if policy else 90
    months = [str(period - back) for back in range(LOOK_BACK_MONTHS + 1)]
    rows = (
        SpotCheckItem.objects.answered()
        .filter(check_of__period__in=months)
        .values("staff", "staff__name")
        .annotate(checked=Count("pk"), good=Count("pk", filter=Q(outcome=SpotCheckItem.Outcome.TRUE)))
    )
    found = []
    for row in rows:
        certainty = wilson(row["good"], row["checked"])
        if certainty:
            found.append(Truth(row["staff"], row["staff__name"], certainty, judgement(certainty, target)))
    return sorted(found, key=lambda truth: (truth.certainty.percent, truth.name))
