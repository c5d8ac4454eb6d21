"""A bill goes to the client and comes back: sent, agreed to or objected to, revised, invoiced."""

import datetime as dt
import re
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import acting, record
from agency.calendar import today
from agency.notifications.sending import notify
from agency.shell.formats import month
from clients.models import ClientEnterprise
from payroll.models import Bill
from payroll.refusals import Refused

from .bill_models import State
from .billing import draft
from .receiving import balance_of, close_if_paid, settle
from .terms import terms_for

INVOICE_NUMBER = re.compile(r"[0-9]{20}")


def send_bill(bill: Bill, by: Any) -> Bill:
    """Send a draft: from now on its lines stand, and money that was too much before pays for it.

    Raises `Refused` for one below zero: it goes into the next month's bill.
    """
    with transaction.atomic():
        ClientEnterprise.objects.select_for_update(of=("self",)).get(pk=bill.client_id)
        bill = draft(bill)
        if bill.total_fen <= 0:
            raise Refused(_("Nothing is owed on this bill. Give it up: its runs come with the next month's."))
        days = terms_for(bill.client, bill.month).payment_days
        _move(
            bill, State.DRAFT, State.SENT, sent_by=by, sent_at=timezone.now(), due_on=today() + dt.timedelta(days=days),
            brought_forward_fen=balance_of(bill.client), version=bill.version + 1, objection="", answered_by="",
        )  # fmt: skip
        record("settlement.bill.sent", subject=bill, actor=by, total_fen=bill.total_fen, version=bill.version)
        settle(bill.client)
    return bill


def confirm(bill: Bill, name: str) -> Bill:
    """Take the client's "we agree" from the link; the first answer counts."""
    with transaction.atomic(), acting(name=name):
        if bill.state == State.SENT:
            _move(bill, State.SENT, State.CONFIRMED, answered_at=timezone.now(), answered_by=name[:40])
            record("settlement.bill.confirmed", subject=bill, total_fen=bill.total_fen)
            _tell(bill, _("%(client)s agrees to the bill of %(month)s"))
    return bill


def dispute(bill: Bill, name: str, words: str) -> Bill:
    """Take the client's objection from the link, also after having agreed; an invoiced bill is past that."""
    with transaction.atomic(), acting(name=name):
        if bill.state in (State.SENT, State.CONFIRMED):
            values = {"answered_at": timezone.now(), "answered_by": name[:40], "objection": words.strip()[:400]}
            _move(bill, bill.state, State.DISPUTED, **values)
            record("settlement.bill.disputed", subject=bill)
            _tell(bill, _("%(client)s disagrees with the bill of %(month)s"))
    return bill


def revise(bill: Bill, by: Any) -> Bill:
    """Open a bill again that the client disagrees with; links sent before no longer open it.

    Raises `Refused` in another state, and once money was matched to it.
    """
    with transaction.atomic():
        if bill.allocations.exists():
            raise Refused(_("Money was matched to this bill: put the difference into the next month's bill."))
        _move(bill, State.DISPUTED, State.DRAFT)
        record("settlement.bill.revised", subject=bill, actor=by, objection=bill.objection)
    return bill


def invoice(bill: Bill, number: str, on: dt.date, by: Any) -> Bill:
    """Write down the invoice of a bill the client has agreed to: the 20 digits of the electronic invoice.

    Total and deducted amount stand apart on that one invoice (Announcement 2026/10 art. 4(12)2).
    """
    if not INVOICE_NUMBER.fullmatch(number):
        raise Refused(_("An electronic invoice has 20 digits; you entered %(n)d signs.") % {"n": len(number)})
    if Bill.objects.filter(invoice_number=number).exclude(pk=bill.pk).exists():
        raise Refused(_("Another bill has this invoice number. Check it."))
    with transaction.atomic():
        _move(bill, State.CONFIRMED, State.INVOICED, invoice_number=number, invoiced_on=on)
        record("settlement.bill.invoiced", subject=bill, actor=by, number=number, total_fen=bill.total_fen)
        close_if_paid(bill)
    return bill


def _move(bill: Bill, source: str, target: str, **values: Any) -> None:
    if not Bill.objects.filter(pk=bill.pk, state=source).update(state=target, **values):
        bill.refresh_from_db()
        raise Refused(_("This bill is now: %(state)s. Load the page again.") % {"state": State(bill.state).label})
    bill.refresh_from_db()


def _tell(bill: Bill, title: str) -> None:
    if bill.sent_by is not None:
        words = {"client": bill.client.short_name, "month": month(bill.period)}
        notify(
            bill.sent_by,
            "settlement.bill.answered",
            lambda: title % words,
            reverse("payroll:bill", args=[bill.pk]),
            body=bill.objection,
        )
