"""No money, no payout: whether a run's wages may go to the bank, and what goes out from the agency's own money."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from agency.audit import record
from agency.calendar import today
from agency.money import yuan
from payroll.models import BankBatch, BankLine, BillRun, OwnMoney, PayoutConsent, PayrollRun
from payroll.refusals import Refused

from .receiving import free_fen, matched_fen, pay_from_own
from .terms import terms_on


@dataclass(frozen=True)
class Cover:
    """The client's money for a run: received for its bill or not matched yet, and gone out already; in fen."""

    received_fen: int
    gone_fen: int

    def lacking(self, amount_fen: int) -> int:
        """Return how much of a further amount the money does not cover."""
        return max(amount_fen - max(self.received_fen - self.gone_fen, 0), 0)


def cover_of(run: PayrollRun) -> Cover:
    """Return the client's money for a run: what its bill has received, and what pays no bill yet."""
    bill = BillRun.objects.filter(run=run).values_list("bill", flat=True).first()
    runs = Q(run__billed__bill=bill) if bill else Q(run=run)
    gone = BankLine.objects.filter(runs, batch__state__in=("released", "settled")).exclude(state=BankLine.State.FAILED)
    received = (matched_fen(bill=bill) if bill else 0) + free_fen(run.client)
    return Cover(received, gone.aggregate(fen=Sum("amount_fen"))["fen"] or 0)


def money_first(run: PayrollRun) -> bool:
    """Tell whether the client's money must have come before wages go out."""
    terms = terms_on(run.client, run.month.last_day)
    return terms is not None and terms.money_first


def consent_for(run: PayrollRun) -> PayoutConsent | None:
    return PayoutConsent.objects.filter(run=run).select_related("given_by").first()


def must_have_money(run: PayrollRun, amount_fen: int) -> int:
    """Return how much of an amount goes out from the agency's own money.

    Raises `Refused` when the client's money must come first, some is lacking, and nobody has agreed to pay before.
    """
    lacking = cover_of(run).lacking(amount_fen)
    if lacking and money_first(run) and consent_for(run) is None:
        words = _(
            "%(client)s has not paid yet: %(amount)s are lacking, and no money, no payout is agreed. "
            "Wait for the money, or have a manager agree on the bill's page."
        )
        raise Refused(words % {"client": run.client.short_name, "amount": yuan(lacking)})
    return lacking


def consent(run: PayrollRun, by: Any, reason: str) -> PayoutConsent:
    """Agree that a run's wages go out before the money; who agrees can neither make nor release its batches.

    Raises `Refused` without a reason, for somebody who made a batch of the run, or when somebody has agreed already.
    """
    if not reason.strip():
        raise Refused(_("Say why the wages go out before the money: one sentence is enough."))
    if BankBatch.objects.filter(run=run, maker=by).exclude(state=BankBatch.State.DROPPED).exists():
        raise Refused(_("You made a batch of this run: somebody else must agree."))
    with transaction.atomic():
        PayrollRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if consent_for(run) is not None:
            raise Refused(_("Somebody has agreed already."))
        given = PayoutConsent.objects.create(run=run, given_by=by, reason=reason.strip()[:400])
        record("settlement.payout.agreed", subject=run, actor=by, reason=given.reason)
    return given


def note_own_money(batch: BankBatch, lacking_fen: int, by: Any) -> None:
    """Write down what of a released batch is the agency's own money, where terms of settlement are agreed."""
    run = batch.run
    if lacking_fen and terms_on(run.client, run.month.last_day) is not None:
        about = {"run": run, "batch": batch, "period": run.period}
        pay_from_own(run.client, lacking_fen, today(), OwnMoney.Purpose.WAGES, by, **about)
