"""Where *is billed* comes from: the bills a client has been sent."""

from django.db.models import QuerySet

from agency.periods import Period
from payroll.models import BillRun
from payroll.settlement.bill_models import State

UNSENT = (State.DRAFT, State.VOID)


def sent_bills(client_id: int, period: Period) -> "QuerySet[BillRun]":
    """Return which runs of a client's month a sent bill names."""
    return BillRun.objects.filter(run__client=client_id, run__period=str(period)).exclude(bill__state__in=UNSENT)
