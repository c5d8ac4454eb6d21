"""What the pages of bills show."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from agency.periods import Period
from agency.permissions import visible
from clients.models import ClientEnterprise
from payroll.models import Bill, BillLine, OwnMoney, PayoutConsent, PayrollRun

from .bill_models import State
from .payouts import cover_of, money_first


@dataclass(frozen=True)
class BillMonth:
    """The bills of a month, and the clients with approved runs that stand in none."""

    period: Period
    bills: list[Bill]
    to_bill: list[ClientEnterprise]

    @property
    def total_fen(self) -> int:
        return sum(bill.total_fen for bill in self.bills if bill.state != State.VOID)


@dataclass(frozen=True)
class Hold:
    """A run whose wages wait for the client's money."""

    run: PayrollRun
    lacking_fen: int
    consent: PayoutConsent | None


def bill_month(staff: Any, period: Period) -> BillMonth:
    """Gather a month's bills for one person."""
    bills = visible(staff, Bill.objects.with_open()).of_period(period).select_related("client")
    runs = PayrollRun.objects.final().filter(period__lte=str(period), billed=None).values("client")
    waiting = visible(staff, ClientEnterprise).filter(pk__in=runs).order_by("name_pinyin")
    return BillMonth(period, list(bills.order_by("client__name_pinyin", "pk")), list(waiting))


def lines_of(bill: Bill) -> list[BillLine]:
    return list(bill.lines.select_related("run").order_by("pk"))


def own_money_of(bill: Bill) -> int:
    """Return how much of a bill's month the agency paid from its own money."""
    rows = OwnMoney.objects.filter(client=bill.client_id, period=bill.period)
    return rows.aggregate(fen=Sum("amount_fen"))["fen"] or 0


def holds_of(bill: Bill) -> list[Hold]:
    """Return the approved runs of a bill whose wages wait for money, with the consent if there is one."""
    runs = PayrollRun.objects.filter(billed__bill=bill, state="approved").select_related("client")
    consents = {
        consent.run_id: consent for consent in PayoutConsent.objects.filter(run__in=runs).select_related("given_by")
    }
    found = []
    for run in runs:
        if money_first(run):
            lacking = cover_of(run).lacking(run.totals.get("net_fen", 0))
            if lacking or run.pk in consents:
                found.append(Hold(run, lacking, consents.get(run.pk)))
    return found
