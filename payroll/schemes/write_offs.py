"""Give up what was advanced for a month without pay where the agency bears it: one proposes, another approves.

The worker then owes nothing of it, the wage ledger shows it, and no settlement with a client ever does: bills are made
from payslips, and a payslip of such a month carries neither the advance nor its end.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from agency.audit import record
from payroll.models import WorkerDebt, WriteOff
from payroll.refusals import Refused
from payroll.runs.states import FINAL
from payroll.two_persons import claimed, decide, declined, must_be_another

APPROVED = WriteOff.State.APPROVED
LIVE = (WriteOff.State.PROPOSED, APPROVED)


def by_hand(client: Any) -> QuerySet[WorkerDebt]:
    """Return what approved runs of a client advanced to be settled by hand, the youngest first.

    Each has `given_up` (the key of its write-off, if there is one) and `given_up_state`.
    """
    live = WriteOff.objects.filter(debt=OuterRef("pk"), state__in=LIVE)
    rows = WorkerDebt.objects.filter(run__client=client, run__state__in=FINAL, by_hand=True, amount_fen__gt=0)
    rows = rows.annotate(given_up=Subquery(live.values("pk")[:1]), given_up_state=Subquery(live.values("state")[:1]))
    return rows.select_related("run", "worker").order_by("-run__period", "worker__name_pinyin", "pk")


def propose(debt: WorkerDebt, why: str, by: Any) -> WriteOff:
    """Propose to give an advance up.

    Raises `Refused` without a reason, for what is held back of wages, for a run not approved, and for a second time.
    """
    if not why.strip():
        raise Refused(_("Say why it is given up: one sentence is enough."))
    if not debt.by_hand or debt.amount_fen <= 0 or debt.run.state not in FINAL:
        raise Refused(_("Only what was advanced by an approved run and is settled by hand can be given up."))
    try:
        with transaction.atomic():
            draft = WriteOff.objects.create(debt=debt, source=why.strip()[:400], proposed_by=by)
    except IntegrityError:
        raise Refused(_("This is given up already, or waits for a second person.")) from None
    record("payroll.write_off.proposed", subject=draft, actor=by, amount_fen=debt.amount_fen)
    return draft


def approve(draft: WriteOff, by: Any) -> WriteOff:
    """Give it up for good. Raises `Refused` for one's own proposal and a decided one."""
    must_be_another(draft, by)
    with transaction.atomic():
        draft = claimed(draft)
        decide(draft, APPROVED, by)
        record("payroll.write_off.approved", subject=draft, actor=by, amount_fen=draft.debt.amount_fen)
    return draft


def decline(draft: WriteOff, by: Any, reason: str = "") -> WriteOff:
    """Decline it, or take one's own back. Raises `Refused` when it was decided already."""
    with transaction.atomic():
        draft = declined(draft, by, reason)
        record("payroll.write_off.declined", subject=draft, actor=by, reason=reason)
    return draft


def given_up_of(run: Any) -> dict[int, WriteOff]:
    """Return what was given up of a run's advances, by worker."""
    rows = WriteOff.objects.filter(debt__run=run, state=APPROVED).select_related("debt", "decided_by")
    return {row.debt.worker_id: row for row in rows}
