"""Match a client's month: a handful of queries, one row a worker."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from agency.calendar import today
from agency.periods import Period
from payroll.models import BureauRecord, Payslip
from workers.models import InsuranceEnrolment, Placement

from .gaps import Facts, Gap, gaps_of
from .sources import billed_runs

SLIP = ("worker_id", "run_id", "employee_social_fen", "employer_social_fen")
PLACED = ("worker_id", "worker__name", "worker__employee_no", "worker__name_pinyin", "valid_from", "valid_to")


@dataclass
class Row:
    """One worker in the match."""

    worker_id: int
    name: str
    number: str
    pinyin: str
    facts: Facts
    gaps: dict[Gap, int] = field(default_factory=dict)

    @property
    def risk_fen(self) -> int:
        return sum(self.gaps.values())


@dataclass
class Match:
    """A client's month: rows with a gap first; `cities` whose list is missing."""

    rows: list[Row]
    missing: list[str]

    @property
    def counts(self) -> Counter[Gap]:
        return Counter(gap for row in self.rows for gap in row.gaps)

    @property
    def risk_fen(self) -> int:
        return sum(row.risk_fen for row in self.rows)

    def money(self) -> Counter[Gap]:
        """Return the money at risk by kind of gap."""
        money: Counter[Gap] = Counter()
        for row in self.rows:
            money.update(row.gaps)
        return money


def match(client_id: int, period: Period, on: dt.date | None = None) -> Match:
    """Compare who should be insured with who is declared, billed and paid; the money at risk runs to `on` (today)."""
    on = on or today()
    placed = _placed(client_id, period)
    left = _left(client_id, period, set(placed))
    everybody = placed | left
    records = _records(period, everybody)
    enrolled = _enrolled(period, everybody)
    listed = set(BureauRecord.objects.filter(period=str(period)).values_list("city", flat=True).distinct())
    slips = _slips(client_id, period)
    billed = billed_runs(client_id, period)
    rows = []
    for worker, (name, number, pinyin, begins, ends) in everybody.items():
        record = records.get(worker)
        city = enrolled.get(worker, "")
        known = record is not None or (city in listed if city else bool(listed))
        run, employee, employer = slips.get(worker, (None, 0, 0))
        facts = Facts(
            should=worker in placed,
            declared=(record is not None and record.insured) if known else None,
            billed=None if billed is None else run in billed and employer > 0,
            paid=record.paid if record is not None else None,
            days=_days(period, begins, ends, on) if worker in placed else 0,
            days_after=0 if worker in placed else _days(period, period.first_day, None, on),
            days_late=max((on - period.end).days, 0),
            days_in_month=period.days,
            due_fen=employee + employer or (record.due_fen if record else 0),
            employer_fen=employer or (record.employer_fen if record else 0),
        )
        row = Row(worker, name, number, pinyin, facts, gaps_of(facts))
        if worker in placed or row.gaps:
            rows.append(row)
    rows.sort(key=lambda row: (-row.risk_fen, not row.gaps, row.pinyin))
    return Match(rows, sorted({city for city in enrolled.values() if city not in listed}))


def _placed(client_id: int, period: Period) -> dict[int, tuple]:
    """Who is with somebody else at the month's end is insured there: a month is contributed for once.

    A student on internship is no employee and need not be insured.
    """
    last = Placement.objects.valid_in(period).order_by("worker_id", "-valid_from").distinct("worker_id")
    rows = Placement.objects.filter(pk__in=last.values("pk"), client=client_id, internship=False)
    return {row[0]: row[1:] for row in rows.values_list(*PLACED)}


def _left(client_id: int, period: Period, placed: set[int]) -> dict[int, tuple]:
    """Who was here before the month and is nowhere in it: insured still, by the bureau or by us, is too long."""
    before = Placement.objects.filter(client=client_id, valid_to__lte=period.first_day)
    before = before.exclude(worker__in=Placement.objects.valid_in(period).values("worker"))
    insured = Q(worker__in=InsuranceEnrolment.objects.valid_in(period).values("worker"))
    listed = Q(
        worker__in=BureauRecord.objects.insured().filter(period=str(period), worker__isnull=False).values("worker")
    )
    before = before.filter(insured | listed)
    return {row[0]: row[1:] for row in before.order_by("valid_from").values_list(*PLACED) if row[0] not in placed}


def _records(period: Period, workers: Any) -> dict[int, BureauRecord]:
    rows = BureauRecord.objects.filter(period=str(period), worker__in=list(workers)).order_by("insured")
    return {row.worker_id: row for row in rows}


def _enrolled(period: Period, workers: Any) -> dict[int, str]:
    rows = InsuranceEnrolment.objects.valid_in(period).filter(worker__in=list(workers)).order_by("valid_from")
    return dict(rows.values_list("worker_id", "city"))


def _slips(client_id: int, period: Period) -> dict[int, tuple]:
    rows = Payslip.objects.filter(run__client=client_id, run__period=str(period), run__kind="regular", errors=0)
    return {row[0]: row[1:] for row in rows.values_list(*SLIP)}


def _days(period: Period, begins: dt.date, ends: dt.date | None, on: dt.date) -> int:
    until = on + dt.timedelta(days=1)
    return period.overlap_days(begins, min(ends, until) if ends else until) if until > begins else 0
