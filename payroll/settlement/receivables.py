"""Receivables by age: what each client owes, for how long, and how much of it is the agency's own money."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Sum

from agency.permissions import visible
from clients.models import ClientEnterprise
from payroll.models import Allocation, Bill, OwnMoney, Receipt

# Days past the due day, inclusive upper bounds.
BUCKETS = ((30, "days_30"), (60, "days_60"), (90, "days_90"), (None, "older"))


@dataclass
class Owed:
    """One client's row, in fen; `free_fen` is money that pays no bill yet."""

    client: ClientEnterprise
    not_due: int = 0
    days_30: int = 0
    days_60: int = 0
    days_90: int = 0
    older: int = 0
    own_fen: int = 0
    free_fen: int = 0
    oldest: int = 0

    @property
    def total(self) -> int:
        return self.not_due + self.days_30 + self.days_60 + self.days_90 + self.older


@dataclass
class Ageing:
    """The table: rows by what is owed longest, and its sums."""

    rows: list[Owed] = field(default_factory=list)

    def sum(self, name: str) -> int:
        return sum(getattr(row, name) for row in self.rows)

    @property
    def sums(self) -> dict[str, int]:
        return {
            name: self.sum(name)
            for name in ("not_due", *(name for _days, name in BUCKETS), "own_fen", "free_fen", "total")
        }


def bucket(due_on: dt.date, on: dt.date) -> str:
    """Return the column of a bill: not due until its day is over, then by whole days past it."""
    late = (on - due_on).days
    if late <= 0:
        return "not_due"
    return next(name for days, name in BUCKETS if days is None or late <= days)


def ageing(staff: Any, on: dt.date) -> Ageing:
    """Return what a person may see of the receivables on a day, in four queries."""
    clients = {client.pk: client for client in visible(staff, ClientEnterprise)}
    rows = {pk: Owed(client) for pk, client in clients.items()}
    open_of_month: dict[tuple[int, str], int] = defaultdict(int)
    for bill in Bill.objects.owed().filter(client__in=clients):
        row = rows[bill.client_id]
        name = bucket(bill.due_on, on)
        setattr(row, name, getattr(row, name) + bill.open_fen)
        row.oldest = max(row.oldest, (on - bill.due_on).days)
        open_of_month[bill.client_id, bill.period] += bill.open_fen
    for client, fen in _free().items():
        if client in rows:
            rows[client].free_fen = fen
    for client, period, fen in _own():
        if client in rows:
            unbilled = (client, period) not in open_of_month and not _billed(client, period)
            rows[client].own_fen += fen if unbilled else min(fen, open_of_month[client, period])
    shown = [row for row in rows.values() if row.total or row.free_fen or row.own_fen]
    return Ageing(sorted(shown, key=lambda row: (-row.oldest, row.client.name_pinyin)))


def _free() -> dict[int, int]:
    received = dict(Receipt.objects.values_list("client").annotate(fen=Sum("amount_fen")).order_by())
    matched = dict(Allocation.objects.values_list("receipt__client").annotate(fen=Sum("amount_fen")).order_by())
    return {client: fen - matched.get(client, 0) for client, fen in received.items()}


def _own() -> list[tuple[int, str, int]]:
    return list(OwnMoney.objects.values_list("client", "period").annotate(fen=Sum("amount_fen")).order_by())


def _billed(client: int, period: str) -> bool:
    return Bill.objects.filter(client=client, period=period).exclude(state__in=("draft", "void")).exists()
