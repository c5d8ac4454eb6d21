"""Make a bill from the payroll behind it: every approved run not billed yet, the fee and the VAT.

Always: total = Σ employer cost of the runs + further lines + fee + VAT, to the fen.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet, Sum
from django.utils.translation import gettext as _

from agency.audit import record
from agency.periods import Period
from clients.models import ClientEnterprise
from payroll.models import Bill, BillLine, BillRun, PayrollRun, Payslip
from payroll.refusals import Refused

from .bill_models import State
from .fees import fee_fen
from .terms import terms_for, vat_for
from .vat import amounts

Kind = BillLine.Kind
OF_RUN = (
    (Kind.WAGES, "gross_fen"),
    (Kind.SOCIAL, "employer_social_fen"),
    (Kind.FUND, "employer_fund_fen"),
    (Kind.DIFFERENCE, "employer_adjustment_fen"),
)
BY_HAND = (Kind.BACK_PAYMENT, Kind.OTHER)
COMPUTED = (Kind.FEE, Kind.VAT)


def unbilled(client: ClientEnterprise, until: Period) -> QuerySet[PayrollRun]:
    """Return the client's approved runs up to a month that stand in no bill yet; a correction comes with the next."""
    runs = PayrollRun.objects.final().filter(client=client, period__lte=str(until), billed=None)
    return runs.order_by("period", "kind", "pk")


def make_bill(client: ClientEnterprise, month: Period, by: Any) -> Bill:
    """Make the draft of a client's month.

    Raises `Refused` without an approved run that is not billed, without terms, or without the agency's VAT status.
    """
    terms = terms_for(client, month)
    with transaction.atomic():
        ClientEnterprise.objects.select_for_update(of=("self",)).get(pk=client.pk)
        runs = list(unbilled(client, month))
        if not runs:
            raise Refused(_("Every approved run of %(client)s is billed already.") % {"client": client.short_name})
        vat_for(_taxed_on(month))
        bill = Bill.objects.create(
            client=client, agreement=terms.agreement, period=str(month), number=_next_number(month), made_by=by
        )
        BillRun.objects.bulk_create([BillRun(bill=bill, run=run) for run in runs])
        BillLine.objects.bulk_create([line for run in runs for line in _lines_of(bill, run)])
        recompute(bill)
        record("settlement.bill.made", subject=bill, actor=by, total_fen=bill.total_fen)
    return bill


def add_line(bill: Bill, kind: str, label: str, amount_fen: int, deductible: bool, by: Any) -> BillLine:
    """Add a back payment (补差) or another amount to a draft; below zero it is given back. Raises `Refused` later."""
    if kind not in BY_HAND:
        raise ValueError(f"not written by hand: {kind}")
    with transaction.atomic():
        bill = draft(bill)
        line = BillLine.objects.create(
            bill=bill, kind=kind, period=bill.period, label=label, amount_fen=amount_fen, deductible=deductible
        )
        recompute(bill)
        record("settlement.bill.line_added", subject=bill, actor=by, kind=kind, amount_fen=amount_fen)
    return line


def remove_line(line: BillLine, by: Any) -> Bill:
    """Take a line off a draft that was added by hand. Raises `Refused` for one that comes from payroll."""
    if line.kind not in BY_HAND:
        raise Refused(_("This line comes from payroll and stays."))
    with transaction.atomic():
        bill = draft(line.bill)
        line.delete()
        recompute(bill)
        record("settlement.bill.line_removed", subject=bill, actor=by, amount_fen=line.amount_fen)
    return bill


def give_up(bill: Bill, by: Any) -> Bill:
    """Give up a draft; its runs can be billed again."""
    with transaction.atomic():
        bill = draft(bill)
        BillRun.objects.filter(bill=bill).delete()
        Bill.objects.filter(pk=bill.pk).update(state=State.VOID)
        record("settlement.bill.given_up", subject=bill, actor=by)
    bill.refresh_from_db()
    return bill


def draft(bill: Bill) -> Bill:
    """Return the bill locked while it is a draft. Raises `Refused` when it was sent."""
    found = Bill.objects.select_for_update(of=("self",)).select_related("client", "agreement").get(pk=bill.pk)
    if found.state != State.DRAFT:
        raise Refused(_("This bill was sent: its lines stand. The client has to disagree first."))
    return found


def recompute(bill: Bill) -> None:
    """Write the fee and the VAT of a draft anew from its other lines."""
    BillLine.objects.filter(bill=bill, kind__in=COMPUTED).delete()
    lines = list(BillLine.objects.filter(bill=bill))
    cost = sum(line.amount_fen for line in lines)
    gross = sum(line.amount_fen for line in lines if line.kind == Kind.WAGES)
    terms, rule = terms_for(bill.client, bill.month), vat_for(_taxed_on(bill.month))
    bill.heads = _heads(bill)
    # Only the bill with the month's regular run asks for the month's fee; a percentage follows every cost.
    asked = bill.heads or terms.model == terms.Model.PERCENTAGE
    fee = fee_fen(terms.fee, heads=bill.heads, cost_fen=cost, gross_fen=gross) if asked else 0
    found = amounts(
        cost_fen=cost,
        deductible_fen=sum(line.amount_fen for line in lines if line.deductible),
        fee_fen=fee,
        fee_includes_tax=terms.fee_includes_tax,
        rule=rule,
    )
    BillLine.objects.bulk_create([
        BillLine(bill=bill, kind=Kind.FEE, period=bill.period, heads=bill.heads, amount_fen=found.fee_fen),
        BillLine(bill=bill, kind=Kind.VAT, period=bill.period, amount_fen=found.vat_fen),
    ])  # fmt: skip
    bill.cost_fen, bill.fee_fen, bill.vat_fen = found.cost_fen, found.fee_fen, found.vat_fen
    bill.deducted_fen, bill.total_fen = found.deducted_fen, found.total_fen
    bill.rule = {
        "terms": terms.pk, "fee_agreed_fen": fee, "includes_tax": terms.fee_includes_tax, "regime": rule.regime,
        "rate": rule.rate, "source": rule.source, "provisional": rule.provisional,
    }  # fmt: skip
    bill.save()


def _taxed_on(month: Period) -> dt.date:
    """The service of a month is taxed as of its last day."""
    return month.last_day


def _lines_of(bill: Bill, run: PayrollRun) -> list[BillLine]:
    sums = Payslip.objects.filter(run=run, errors=0).aggregate(**{name: Sum(name) for _kind, name in OF_RUN})
    return [
        BillLine(
            bill=bill,
            kind=kind,
            run=run,
            period=run.period,
            heads=run.headcount,
            amount_fen=sums[name],
            deductible=True,
        )
        for kind, name in OF_RUN
        if sums[name]
    ]


def _heads(bill: Bill) -> int:
    """Count the workers of the bill's own month, each once; a correction adds nobody."""
    runs = BillRun.objects.filter(bill=bill, run__period=bill.period, run__kind=PayrollRun.Kind.REGULAR).values("run")
    return Payslip.objects.filter(run__in=runs, errors=0).values("worker").distinct().count()


def _next_number(month: Period) -> str:
    prefix = f"{month.year}{month.month:02d}-"
    last = Bill.objects.filter(number__startswith=prefix).aggregate(last=Max("number"))["last"]
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:04d}"
