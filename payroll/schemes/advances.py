"""Wages paid in advance (工资预支): what a run should keep back, and what it has."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from payroll.models import Advance, AdvanceRepayment
from payroll.runs.states import FINAL


def due_of(run: Any) -> dict[int, int]:
    """Return what is due in a run by worker, in fen: each advance's monthly part, or the rest of it."""
    due: dict[int, int] = {}
    for advance, fen in _open(run):
        due[advance.worker_id] = due.get(advance.worker_id, 0) + fen
    return due


def keep_repayments(run: Any, taken: Mapping[int, int]) -> None:
    """Write what a run keeps back by worker, the oldest advance first; replaces what an earlier computation wrote."""
    AdvanceRepayment.objects.filter(run=run).delete()
    if not taken:
        return
    left = dict(taken)
    rows = []
    for advance, fen in _open(run):
        part = min(fen, left.get(advance.worker_id, 0))
        if part:
            left[advance.worker_id] -= part
            rows.append(AdvanceRepayment(advance=advance, run=run, amount_fen=part))
    AdvanceRepayment.objects.bulk_create(rows)


def with_kept(advances: QuerySet[Advance], beside: Any = None) -> QuerySet[Advance]:
    """Add `kept_fen`, what approved runs have kept back of each, without the run `beside`."""
    kept = Q(repayments__run__state__in=FINAL)
    if beside is not None:
        kept &= ~Q(repayments__run=beside)
    return advances.annotate(kept_fen=Coalesce(Sum("repayments__amount_fen", filter=kept), 0))


def _open(run: Any) -> Iterator[tuple[Advance, int]]:
    """Yield each advance that begins by this month with its part due; only approved runs have kept anything back."""
    rows = Advance.objects.filter(client=run.client_id, first_period__lte=str(run.month))
    for advance in with_kept(rows, beside=run):
        if advance.amount_fen > advance.kept_fen:  # type: ignore[attr-defined]
            yield advance, min(advance.monthly_fen, advance.amount_fen - advance.kept_fen)  # type: ignore[attr-defined]
