"""Release a batch by a second person, put it aside, and write down what the bank answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.money import yuan
from payroll.models import BankBatch, BankLine, PayrollRun
from payroll.refusals import Refused
from payroll.runs.approving import mark_paid
from payroll.runs.states import State as RunState
from payroll.settlement.payouts import consent_for, must_have_money, note_own_money

from .batches import parts_of, still_to_pay

State, LineState = BankBatch.State, BankLine.State


@dataclass(frozen=True)
class Answer:
    """What the bank says of one line."""

    line_id: int
    paid: bool
    reason: str = ""


def release(batch: BankBatch, by: StaffMember) -> BankBatch:
    """Let a batch go out; from now on its file can be taken to the bank.

    Raises `Refused` for its maker (the database refuses too), when it was released or put aside already, and when
    the client's money must come first and has not (`payroll.settlement.payouts`).
    """
    if by.pk == batch.maker_id:
        raise Refused(_("You made this batch yourself: a colleague must release it."))
    with transaction.atomic():
        batch = _locked(batch)
        consent = consent_for(batch.run)
        if consent is not None and by.pk == consent.given_by_id:
            raise Refused(_("You agreed to pay before the money comes: somebody else must release it."))
        lacking = must_have_money(batch.run, batch.total_fen)
        agreed = consent.given_by if consent is not None and lacking else None
        _move(batch, State.MADE, State.RELEASED, releaser=by, released_at=timezone.now(), consented_by=agreed)
        note_own_money(batch, lacking, by)
        details = {"total_fen": batch.total_fen, "count": batch.count, "digest": batch.file.digest}
        record("payroll.batch.released", subject=batch, actor=by, **details)
    return batch


def release_parts(batch: BankBatch, by: StaffMember) -> list[BankBatch]:
    """Release all parts of a payout that wait, or none. Raises `Refused` like `release`."""
    with transaction.atomic():
        return [release(part, by) for part in parts_of(batch) if part.state == State.MADE] or [release(batch, by)]


def put_parts_aside(batch: BankBatch, by: StaffMember) -> list[BankBatch]:
    """Put all parts of a payout aside that wait, or none. Raises `Refused` like `put_aside`."""
    with transaction.atomic():
        return [put_aside(part, by) for part in parts_of(batch) if part.state == State.MADE] or [put_aside(batch, by)]


def put_aside(batch: BankBatch, by: StaffMember) -> BankBatch:
    """Put a batch aside that was not released; its workers can go into another one."""
    with transaction.atomic():
        batch = _locked(batch)
        _move(batch, State.MADE, State.DROPPED)
        batch.lines.update(state=LineState.DROPPED)
        record("payroll.batch.dropped", subject=batch, actor=by, total_fen=batch.total_fen)
    return batch


def answer(batch: BankBatch, answers: Iterable[Answer], by: StaffMember, *, rest_paid: bool) -> BankBatch:
    """Write down what the bank says of the lines of a released batch.

    `rest_paid` takes lines that are not mentioned and still on their way for paid. When every line has an answer the
    batch is settled, and when everybody of the run is paid the run is. Saying the same again changes nothing. Raises
    `Refused` for a batch that was not released.
    """
    with transaction.atomic():
        batch = _locked(batch)
        if batch.state not in (State.RELEASED, State.SETTLED):
            raise Refused(_("The bank cannot have answered: this batch was not released."))
        paid, failed = _apply(batch, list(answers))
        if rest_paid:
            paid += batch.lines.filter(state=LineState.OPEN).update(state=LineState.PAID, answered_at=timezone.now())
        if batch.state == State.RELEASED and not batch.lines.filter(state=LineState.OPEN).exists():
            _move(batch, State.RELEASED, State.SETTLED, settled_at=timezone.now())
        if paid or failed:
            record("payroll.batch.answered", subject=batch, actor=by, paid=paid, failed=failed)
        _pay_run(batch.run, by)
    batch.refresh_from_db()
    return batch


def _apply(batch: BankBatch, answers: list[Answer]) -> tuple[int, int]:
    now = timezone.now()
    good = [told.line_id for told in answers if told.paid]
    paid = batch.lines.filter(pk__in=good, state=LineState.OPEN).update(state=LineState.PAID, answered_at=now)
    failed = 0
    for told in answers:
        if not told.paid:
            rows = batch.lines.filter(pk=told.line_id, state__in=(LineState.OPEN, LineState.PAID))
            failed += rows.update(state=LineState.FAILED, reason=told.reason[:200], answered_at=now)
    return paid, failed


def _pay_run(run: PayrollRun, by: StaffMember) -> None:
    """A run is paid when nobody is left to pay and nothing is on its way."""
    run.refresh_from_db()
    on_its_way = BankLine.objects.filter(run=run, state=LineState.OPEN).exists()
    if run.state == RunState.APPROVED and not on_its_way and not still_to_pay(run).exists():
        mark_paid(run, by)


def _locked(batch: BankBatch) -> BankBatch:
    rows = BankBatch.objects.select_for_update(of=("self",)).select_related("run__client", "file", "maker")
    return rows.get(pk=batch.pk)


def _move(batch: BankBatch, source: str, target: str, **values: Any) -> None:
    if not BankBatch.objects.filter(pk=batch.pk, state=source).update(state=target, **values):
        label = State(batch.state).label
        words = _("This batch of %(total)s is: %(state)s. Load the page again.")
        raise Refused(words % {"total": yuan(batch.total_fen), "state": label})
    batch.refresh_from_db()
