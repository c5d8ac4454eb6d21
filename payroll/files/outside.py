"""Write down that wages went out without a bank batch; otherwise a run is paid when its batches are."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from agency.audit import record
from payroll.models import BankLine, PaidOutside, PayrollRun
from payroll.refusals import Refused
from payroll.runs.approving import mark_paid
from payroll.runs.states import State
from payroll.settlement.payouts import must_have_money

from .batches import still_to_pay


def pay_outside(run: PayrollRun, how: str, reason: str, by: Any, proof: str = "") -> PaidOutside:
    """Mark an approved run as paid, whoever is in no batch outside of it; `proof` may follow by `prove_outside`.

    Raises `Refused` without a reason, before the approval, while a batch waits or is on its way, for whoever prepared
    the run, and when the client's money must come first.
    """
    if not reason.strip():
        raise Refused(_("Say why no bank file was used: one sentence is enough."))
    with transaction.atomic():
        run = PayrollRun.objects.select_for_update(of=("self",)).select_related("client").get(pk=run.pk)
        if run.state != State.APPROVED:
            raise Refused(_("Only an approved run that is not paid yet can be marked so."))
        if by.pk == run.preparer_id:
            raise Refused(_("You prepared this run: a colleague writes down that it was paid."))
        if BankLine.objects.filter(run=run, state=BankLine.State.OPEN).exists():
            raise Refused(_("A bank batch waits or is on its way: the state follows it. Put it aside first."))
        left = still_to_pay(run).order_by().aggregate(fen=Sum("net_fen"), n=Count("pk"))
        must_have_money(run, left["fen"] or 0)
        outside = PaidOutside.objects.create(
            run=run, how=how, reason=reason.strip()[:400], proof=proof.strip()[:200], amount_fen=left["fen"] or 0,
            workers=left["n"], said_by=by,
        )  # fmt: skip
        record("payroll.run.paid_outside", subject=run, actor=by, how=how, total_fen=outside.amount_fen)
        mark_paid(run, by)
    return outside


def prove_outside(outside: PaidOutside, proof: str, by: Any) -> PaidOutside:
    """Write down what proves a payment outside, once. Raises `Refused` for nothing, and for a second time."""
    if not proof.strip():
        raise Refused(_("Name what proves it: the signed list, the number of the transfer."))
    with transaction.atomic():
        locked = PaidOutside.objects.select_for_update(of=("self",)).get(pk=outside.pk)
        if locked.proof:
            raise Refused(_("Its proof is written down already: %(proof)s") % {"proof": locked.proof})
        locked.proof = proof.strip()[:200]
        locked.save(update_fields=["proof"])
        record("payroll.run.outside_proven", subject=locked.run, actor=by, proof=locked.proof)
    return locked
