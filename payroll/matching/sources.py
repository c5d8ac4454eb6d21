"""Where *is billed* comes from: the bills a client has been sent."""

from agency.periods import Period
from payroll.models import BillRun
from payroll.settlement.bill_models import State

UNSENT = (State.DRAFT, State.VOID)


def billed_runs(client_id: int, period: Period) -> set[int] | None:
    """Return the runs of a client's month that a sent bill names, or None before any bill is sent."""
    sent = BillRun.objects.filter(run__client=client_id, run__period=str(period)).exclude(bill__state__in=UNSENT)
    return set(sent.values_list("run_id", flat=True)) or None
