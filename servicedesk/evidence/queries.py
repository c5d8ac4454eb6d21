"""Who may see which signs, and the list head office reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Prefetch, QuerySet

from agency.periods import Period
from agency.permissions import can
from servicedesk.communication.models import CommunicationLog, LogPerson
from servicedesk.review.models import SpotCheckItem

from .explaining import explain, innocent
from .models import EvidenceSignal

if TYPE_CHECKING:
    from agency.staff.models import StaffMember

VIEW = "review.spot_check.view"


@dataclass(frozen=True)
class Explained:
    """A sign with its words."""

    signal: EvidenceSignal
    says: str
    innocent: str


def signs_for(viewer: "StaffMember", log: CommunicationLog) -> list[Explained]:
    """Return the signs at a record that this viewer may see, by kind, the strongest first.

    Head office sees them; the specialist whose record it is only once a check has found fault with it and asks; their
    colleagues never do.
    """
    return explained(_with_other(log.signals.all())) if may_see(viewer, log) else []


def may_see(viewer: "StaffMember", log: CommunicationLog) -> bool:
    """Tell whether a viewer may see the signs at a record."""
    if log.staff_id == viewer.pk:
        return SpotCheckItem.objects.filter(log=log, outcome__in=SpotCheckItem.FAULTS).exists()
    return can(viewer, VIEW)


def explained(signals: Iterable[EvidenceSignal]) -> list[Explained]:
    """Put the signs of a kind together; what may innocently lie behind them is said once, after the last."""
    found: list[Explained] = []
    for _kind, group in groupby(sorted(signals, key=lambda signal: signal.kind), key=lambda signal: signal.kind):
        own = list(group)
        found += [Explained(signal, explain(signal), innocent(signal) if signal is own[-1] else "") for signal in own]
    return found


def signed_logs(viewer: "StaffMember", period: Period, kind: str = "") -> QuerySet[CommunicationLog]:
    """Return a month's records with signs (of one kind), those with most first; nobody finds their own there."""
    signals = EvidenceSignal.objects.of_period(period)
    if kind:
        signals = signals.filter(kind=kind)
    people = LogPerson.objects.select_related("worker", "contact").defer(
        "worker__identity_number", "worker__phone", "contact__phone"
    )
    return (
        CommunicationLog.objects.exclude(staff=viewer)
        .filter(signals__in=signals)
        .annotate(sign_count=Count("signals"), strongest=Max("signals__strength"))
        .select_related("staff", "client", "site")
        .defer("staff__phone")
        .prefetch_related(Prefetch("signals", _with_other(EvidenceSignal.objects.all())), Prefetch("people", people))
        .order_by("-sign_count", "-strongest", "-started_at", "-pk")
    )


def counts_by_kind(viewer: "StaffMember", period: Period) -> dict[str, int]:
    """Count a month's records by the kind of their signs."""
    rows = EvidenceSignal.objects.of_period(period).exclude(log__staff=viewer)
    return dict(rows.order_by().values_list("kind").annotate(count=Count("log", distinct=True)))


def _with_other(signals: QuerySet[EvidenceSignal]) -> QuerySet[EvidenceSignal]:
    return signals.select_related("other__staff", "other__client").defer("other__staff__phone")
