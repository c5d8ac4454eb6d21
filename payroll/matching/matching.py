"""Match a client's month by columns: a handful of queries, and words for the rows of a page alone."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value

from agency.calendar import today
from agency.columnar import NULL, Columns, day_number, matched, read_columns, spread, spread_all
from agency.money import Column
from agency.periods import Period
from payroll.models import BureauRecord, Payslip
from workers.models import InsuranceEnrolment, Placement, Worker

from .gaps import NO_GAP, UNKNOWN, Facts, Gap, facts_at, risks
from .placed import ever_placed, people_of
from .sources import sent_bills


@dataclass(frozen=True)
class Row:
    """One worker in the match."""

    worker_id: int
    name: str
    number: str
    facts: Facts
    gaps: dict[Gap, int]

    @property
    def risk_fen(self) -> int:
        return sum(self.gaps.values())


@dataclass(frozen=True)
class Match:
    """A client's month: `order` names its rows, those with most at risk first; `missing` the cities without a list.

    `listed` tells who stands in a bureau's list, insured or not.
    """

    keys: Column
    listed: np.ndarray
    facts: Columns
    risk: dict[Gap, Column]
    order: Column
    missing: list[str]

    @property
    def risk_fen(self) -> int:
        return sum(self.money.values())

    @property
    def counts(self) -> dict[Gap, int]:
        return {gap: int(np.count_nonzero(money != NO_GAP)) for gap, money in self.risk.items()}

    @property
    def money(self) -> dict[Gap, int]:
        """The money at risk by kind of gap."""
        return {gap: int(money[money != NO_GAP].sum()) for gap, money in self.risk.items()}

    @property
    def affected(self) -> int:
        """Count the workers with a gap."""
        return int(np.stack([money != NO_GAP for money in self.risk.values()]).any(axis=0).sum())

    @cached_property
    def rows(self) -> list[Row]:
        return self.some(self.order.tolist())

    def having(self, gap: str) -> list[int]:
        """Return the numbers of the rows with a gap, of all rows without a name; in order."""
        if not gap:
            return self.order.tolist()
        return self.order[self.risk[Gap(gap)][self.order] != NO_GAP].tolist()

    def some(self, numbers: list[int]) -> list[Row]:
        """Put some rows into words."""
        keys = [int(self.keys[number]) for number in numbers]
        people = {pk: told for pk, *told in Worker.objects.filter(pk__in=keys).values_list("pk", "name", "employee_no")}
        return [
            Row(key, people[key][0], people[key][1], facts_at(self.facts, number), self._gaps(number))
            for key, number in zip(keys, numbers, strict=True)
        ]

    def _gaps(self, number: int) -> dict[Gap, int]:
        return {gap: int(money[number]) for gap, money in self.risk.items() if money[number] != NO_GAP}


def match(
    client_id: int,
    period: Period,
    on: dt.date | None = None,
    *,
    slips: Columns | None = None,
    worker: int | None = None,
) -> Match:
    """Compare who should be insured with who is declared, billed and paid; the money at risk runs to `on` (today).

    `slips` are a run's figures not stored yet, in place of the stored ones; with `worker` only that one is matched.
    """
    on = on or today()
    listed = _cities_in(period)
    people = people_of(client_id, period, worker)
    keys, should = people["worker_id"], people["here"] == 1
    ever = ever_placed(client_id, worker).values("worker")
    records = read_columns(
        BureauRecord.objects.filter(period=str(period), worker__in=ever).order_by("insured"),
        worker_id="worker_id", insured="insured", paid="paid", employer_fen="employer_fen", employee_fen="employee_fen",
    )  # fmt: skip
    enrolments = InsuranceEnrolment.objects.valid_in(period).filter(worker__in=ever).order_by("valid_from")
    enrolled = read_columns(enrolments, worker_id="worker_id", listed=_is_listed(listed))
    facts = _facts(period, on, people, records, _slips(client_id, period) if slips is None else slips)
    known = spread(keys, enrolled, "worker_id", "listed", int(bool(listed))) == 1
    facts["declared"] = np.where(facts["declared"] == UNKNOWN, np.where(known, 0, UNKNOWN), facts["declared"])
    risk = risks(facts)
    total = np.stack([np.maximum(money, 0) for money in risk.values()]).sum(axis=0)
    gap = np.stack([money != NO_GAP for money in risk.values()]).any(axis=0)
    order = np.lexsort((np.arange(len(keys)), ~gap, -total))
    missing = _cities_missing(client_id, period, listed) if (enrolled["listed"] == 0).any() else []
    return Match(keys, matched(keys, records["worker_id"])[1], facts, risk, order[(should | gap)[order]], missing)


def _is_listed(cities: list[str]) -> ExpressionWrapper | Value:
    return ExpressionWrapper(Q(city__in=cities), BooleanField()) if cities else Value(False, BooleanField())


def _slips(client_id: int, period: Period) -> Columns:
    rows = Payslip.objects.filter(run__client=client_id, run__period=str(period), run__kind="regular", errors=0)
    billed = Exists(sent_bills(client_id, period).filter(run=OuterRef("run")))
    return read_columns(
        rows.order_by(),  # one regular run a month: a worker stands in it once
        worker_id="worker_id",
        billed=billed,
        employee_fen="employee_social_fen",
        employer_fen="employer_social_fen",
    )


def _facts(period: Period, on: dt.date, people: Columns, records: Columns, slips: Columns) -> Columns:
    keys, here = people["worker_id"], people["here"]
    bureau = spread_all(keys, records, "worker_id", insured=UNKNOWN, paid=UNKNOWN, employer_fen=0, employee_fen=0)
    slip = spread_all(keys, slips, "worker_id", billed=0, employee_fen=0, employer_fen=0)
    employee, employer = slip["employee_fen"], slip["employer_fen"]
    due, ours = employee + employer, employer
    same = np.ones(len(keys), dtype=np.int64)
    return {
        "should": here,
        "declared": bureau["insured"],
        "billed": np.where(slip["billed"] == 1, employer > 0, 0) if slips["billed"].any() else same * UNKNOWN,
        "paid": bureau["paid"],
        "days": np.where(here == 1, _days(period, people["begins"], people["ends"], on), 0),
        "days_after": np.where(here == 1, 0, _days(period, same * day_number(period.first_day), same * NULL, on)),
        "days_late": same * max((on - period.end).days, 0),
        "days_in_month": same * period.days,
        "due_fen": np.where(due != 0, due, bureau["employer_fen"] + bureau["employee_fen"]),
        "employer_fen": np.where(ours != 0, ours, bureau["employer_fen"]),
    }


def _cities_in(period: Period) -> list[str]:
    """Return the cities whose list is in."""
    lists = BureauRecord.objects.filter(period=str(period)).order_by("city")
    return list(lists.values_list("city", flat=True).distinct())


def _cities_missing(client_id: int, period: Period, listed: list[str]) -> list[str]:
    """Return the cities people here are enrolled in whose list is not in."""
    here = Placement.objects.valid_in(period).filter(client=client_id).values("worker")
    enrolled = InsuranceEnrolment.objects.valid_in(period).filter(worker__in=here).exclude(city__in=listed)
    return list(enrolled.order_by("city").values_list("city", flat=True).distinct())


def _days(period: Period, begins: Column, ends: Column, on: dt.date) -> Column:
    """Count the days of the month between two, up to and with `on`."""
    until = day_number(on) + 1
    last = np.minimum(np.minimum(np.where(ends == NULL, until, ends), until), day_number(period.end))
    return np.maximum(last - np.maximum(begins, day_number(period.first_day)), 0)
