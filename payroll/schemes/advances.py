"""Wages paid in advance (工资预支): what a run should keep back, what it has, and what was agreed on since."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from agency.audit import record
from agency.money import yuan
from agency.periods import Period
from payroll.models import Advance, AdvanceChange, AdvanceRepayment
from payroll.refusals import Refused
from payroll.runs.states import FINAL, State

from .stale import outdate_open_runs

# What a run with the reviewer keeps back is as good as kept: its figures cannot change.
HANDED_IN = (State.SUBMITTED, *FINAL)


def pay_in_advance(
    worker: Any, client: Any, by: Any, *, paid_on: dt.date, amount_fen: int, monthly_fen: int, since: Period
) -> Advance:
    """Write down wages paid in advance, kept back ``monthly_fen`` a month from ``since`` on.

    Raises `Refused` for somebody who was never placed at the client.
    """
    if not worker.placements.filter(client=client).exists():
        raise Refused(_("This person was never placed at the client. Check the number."))
    with transaction.atomic():
        advance = Advance.objects.create(
            worker=worker,
            client=client,
            paid_on=paid_on,
            amount_fen=amount_fen,
            monthly_fen=monthly_fen,
            first_period=str(since),
        )
        record("payroll.advance.written", subject=advance, actor=by, amount_fen=amount_fen)
    return advance


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


def with_kept(advances: QuerySet[Advance], beside: Any = None, month: Period | None = None) -> QuerySet[Advance]:
    """Add in fen `kept_fen` (by runs handed in, without the run `beside`), `repaid_fen` (otherwise), `left_fen`,
    and `part_fen`, what a month should keep back: the last thing agreed that has begun by then.
    """
    kept = AdvanceRepayment.objects.filter(advance=OuterRef("pk"), run__state__in=HANDED_IN)
    if beside is not None:
        kept = kept.exclude(run=beside)
    changes = AdvanceChange.objects.filter(advance=OuterRef("pk"))
    agreed = changes.filter(monthly_fen__isnull=False)
    if month is not None:
        agreed = agreed.filter(from_period__lte=str(month))
    return advances.annotate(
        kept_fen=_sum(kept, "amount_fen"),
        repaid_fen=_sum(changes, "repaid_fen"),
        part_fen=Coalesce(Subquery(agreed.order_by("-pk").values("monthly_fen")[:1]), F("monthly_fen")),
    ).annotate(left_fen=F("amount_fen") - F("kept_fen") - F("repaid_fen"))


def keep_from(advance: Advance, since: Period, monthly_fen: int, by: Any, note: str = "") -> AdvanceChange:
    """Keep back so much a month (fen, 0: nothing) from a month on, whatever was agreed before about later months.

    Raises `Refused` for more than the advance.
    """
    if not 0 <= monthly_fen <= advance.amount_fen:
        raise Refused(_("What is kept back a month lies between 0.01 and the advance."))
    with transaction.atomic():
        change = AdvanceChange.objects.create(
            advance=advance, from_period=str(since), monthly_fen=monthly_fen, note=note, by=by
        )
        outdate_open_runs(advance.client_id, since)
        record("payroll.advance.changed", subject=advance, actor=by, monthly_fen=monthly_fen, since=str(since))
    return change


def pause(advance: Advance, first: Period, last: Period | None, by: Any, note: str = "") -> None:
    """Keep nothing back from one month to another, both included; without `last` until something else is agreed.

    Raises `Refused` when the pause ends before it begins.
    """
    if last is not None and last < first:
        raise Refused(_("The pause ends before it begins. Check the two months."))
    with transaction.atomic():
        before = with_kept(Advance.objects.filter(pk=advance.pk), month=first).get().part_fen  # type: ignore[attr-defined]
        keep_from(advance, first, 0, by, note)
        if last is not None:
            keep_from(advance, last.next(), before, by)


def repay(advance: Advance, fen: int, on: dt.date, by: Any, note: str = "") -> AdvanceChange:
    """Write down what the worker paid back outside the payroll, in fen. Raises `Refused` for more than is left."""
    with transaction.atomic():
        locked = Advance.objects.select_for_update(of=("self",)).get(pk=advance.pk)
        left = with_kept(Advance.objects.filter(pk=locked.pk)).get().left_fen  # type: ignore[attr-defined]
        if not 0 < fen <= left:
            raise Refused(_("%(left)s is left of this advance. Write no more than that.") % {"left": yuan(left)})
        change = AdvanceChange.objects.create(
            advance=advance, from_period=str(Period.of(on)), repaid_fen=fen, repaid_on=on, note=note, by=by
        )
        outdate_open_runs(advance.client_id, Period.parse(advance.first_period))
        record("payroll.advance.repaid", subject=advance, actor=by, amount_fen=fen, on=on.isoformat())
    return change


def _open(run: Any) -> Iterator[tuple[Advance, int]]:
    """Yield each advance that begins by this month with its part due; only runs handed in have kept anything back."""
    rows = Advance.objects.filter(client=run.client_id, first_period__lte=str(run.month))
    for advance in with_kept(rows, beside=run, month=run.month).filter(Q(left_fen__gt=0) & Q(part_fen__gt=0)):
        yield advance, min(advance.part_fen, advance.left_fen)  # type: ignore[attr-defined]


def _sum(rows: QuerySet[Any], field: str) -> Coalesce:
    total = rows.order_by().values("advance").annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(total), 0)
