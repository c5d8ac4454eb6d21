"""Money from clients: matched to bills oldest first; what is too much is carried over to the next bill."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from agency.audit import record
from clients.models import ClientEnterprise
from payroll.models import Allocation, Bill, OwnMoney, Receipt
from payroll.refusals import Refused

from .bill_models import State


def receive(
    client: ClientEnterprise, amount_fen: int, on: dt.date, by: Any, *, reference: str = "", remark: str = ""
) -> Receipt:
    """Write down money received and match it.

    Raises `Refused` for a bank reference that was entered already: the same money is not counted twice.
    """
    if reference and Receipt.objects.filter(reference=reference).exists():
        raise Refused(_("Money with this bank reference was entered already."))
    with transaction.atomic():
        ClientEnterprise.objects.select_for_update(of=("self",)).get(pk=client.pk)
        receipt = Receipt.objects.create(
            client=client, amount_fen=amount_fen, received_on=on, reference=reference, remark=remark, entered_by=by
        )
        record("settlement.receipt.entered", subject=receipt, actor=by, amount_fen=amount_fen)
        settle(client)
    return receipt


def settle(client: ClientEnterprise) -> None:
    """Match free money to open bills, both oldest first. Call with the client's row locked."""
    bills = list(Bill.objects.owed().filter(client=client))
    for receipt in Receipt.objects.filter(client=client).order_by("received_on", "pk"):
        free = receipt.amount_fen - matched_fen(receipt=receipt)
        while free and bills:
            part = min(free, bills[0].open_fen)
            Allocation.objects.create(receipt=receipt, bill=bills[0], amount_fen=part)
            free -= part
            bills[0].open_fen -= part
            if not bills[0].open_fen:
                close_if_paid(bills.pop(0))


def close_if_paid(bill: Bill) -> None:
    """An invoiced bill of which nothing is open is paid."""
    if open_fen(bill) == 0:
        Bill.objects.filter(pk=bill.pk, state=State.INVOICED).update(state=State.PAID)
        bill.refresh_from_db()


def open_fen(bill: Bill) -> int:
    """Return what the client still owes of a bill."""
    return bill.total_fen - matched_fen(bill=bill)


def free_fen(client: ClientEnterprise) -> int:
    """Return money of a client that pays no bill yet."""
    received = Receipt.objects.filter(client=client).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    return received - matched_fen(receipt__client=client)


def balance_of(client: ClientEnterprise) -> int:
    """Return what a client owes on bills sent (滚存): above zero open, below zero too much was paid."""
    owed = sum(bill.open_fen for bill in Bill.objects.owed().filter(client=client))
    return owed - free_fen(client)


def matched_fen(**which: Any) -> int:
    return Allocation.objects.filter(**which).aggregate(fen=Sum("amount_fen"))["fen"] or 0


def pay_from_own(
    client: ClientEnterprise, amount_fen: int, on: dt.date, purpose: str, by: Any, **about: Any
) -> OwnMoney:
    """Write down that the agency has paid something for a client from its own money (垫付); `period` says for when."""
    with transaction.atomic():
        paid = OwnMoney.objects.create(
            client=client, amount_fen=amount_fen, paid_on=on, purpose=purpose, entered_by=by, **about
        )
        record("settlement.own_money.paid", subject=paid, actor=by, amount_fen=amount_fen, purpose=purpose)
    return paid
