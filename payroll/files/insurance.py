"""Who joins and who leaves the insurance of a city in a month (增减员), by the bureau's cut-off day.

An enrolment is reported in the month it begins, its end in the first month that is no longer insured. Whoever joins or
leaves after the cut-off day of that month is reported in the month after: the bureau's list is closed by then. A new
base in the same city is neither. Duty: within 30 days of the start (Social Insurance Law 58).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from agency.periods import Period
from payroll.models import FileLayout
from workers.models import InsuranceEnrolment, LabourContract, Placement, Worker

from .cutoff_days import FUND, INSURED
from .cutoffs import Cutoffs, cutoffs_of
from .tax import IDENTITY_CARD, last_day_before

Record = dict[str, Any]


@dataclass(frozen=True)
class Changes:
    """A city's month: records for the two lists, by name."""

    joining: list[Record]
    leaving: list[Record]

    @property
    def count(self) -> int:
        return len(self.joining) + len(self.leaving)


def reporting_month(effective: dt.date, happened: dt.date | None, cutoff_day: int) -> Period:
    """Return the month in which a change is reported.

    `effective` is the first day insured or no longer insured, `happened` the day the worker came or went;
    `cutoff_day` is the last day of a month on which the bureau takes changes for it, 0 for none.
    """
    month = Period.of(effective)
    late = bool(cutoff_day) and happened is not None and happened in month and happened.day > cutoff_day
    return month.next() if late else month


def changes(city: str, month: Period, clients: Iterable[int] | None = None) -> Changes:
    """Return who joins and leaves a city's insurance in a month; `clients` limits to workers placed there.

    Insurances with different cut-off days may be reported in different months: a record names those of this one.
    """
    cutoffs = cutoffs_of(city)
    spans = _spans(city, month, clients)
    contracts, placements = _of(LabourContract, spans), _of(Placement.objects.select_related("client"), spans)
    joining, leaving = [], []
    for worker, first, last in spans:
        known = (worker, contracts.get(worker.pk, []), placements.get(worker.pk, []))
        if due := _due(cutoffs, first, first.valid_from, worker.joined_on, month):
            joining.append(
                _record(*known, first, due)
                | {"effective_on": first.valid_from.isoformat(), "reason": _why_in(worker, first)}
            )
        if last.valid_to and (due := _due(cutoffs, last, last.valid_to, worker.left_on, month)):
            ended = {"effective_on": last_day_before(last.valid_to), "reason": _why_out(worker, last, known[1])}
            leaving.append(_record(*known, last, due) | ended)
    return Changes(_numbered(joining), _numbered(leaving))


def cutoff_rows(city: str, month: Period) -> list[FileLayout]:
    """Return the cut-off days a city's list of a month goes by."""
    return [row for row in cutoffs_of(city).rows if row.is_valid_on(month.first_day)][:1]


def _due(cutoffs: Cutoffs, enrolment: Any, effective: dt.date, happened: dt.date | None, month: Period) -> list[str]:
    """Return the insurances of an enrolment whose change is reported in a month."""
    held = [name for name in INSURED if name != FUND or enrolment.housing_fund_base_fen]
    return [name for name in held if reporting_month(effective, happened, cutoffs.day(name, effective)) == month]


def _spans(city: str, month: Period, clients: Iterable[int] | None) -> list[tuple[Worker, Any, Any]]:
    """Return per worker each uninterrupted time in the city that begins or ends near the month."""
    since = month.previous().first_day
    near = Q(valid_from__gte=since, valid_from__lt=month.end) | Q(valid_to__gte=since, valid_to__lt=month.end)
    touched = InsuranceEnrolment.objects.filter(near, city=city)
    rows = InsuranceEnrolment.objects.filter(city=city, worker__in=touched.values("worker"))
    if clients is not None:
        rows = rows.filter(worker__placements__client__in=list(clients)).distinct()
    spans: list[tuple[Worker, Any, Any]] = []
    for row in rows.select_related("worker").order_by("worker__name_pinyin", "worker", "valid_from"):
        if spans and spans[-1][0].pk == row.worker_id and spans[-1][2].valid_to == row.valid_from:
            spans[-1] = (spans[-1][0], spans[-1][1], row)
        else:
            spans.append((row.worker, row, row))
    return spans


def _of(model: Any, spans: list[tuple[Worker, Any, Any]]) -> dict[int, list[Any]]:
    rows = model if hasattr(model, "filter") else model.objects
    found: dict[int, list[Any]] = {}
    for row in rows.filter(worker__in=[worker.pk for worker, _first, _last in spans]).order_by("valid_from"):
        found.setdefault(row.worker_id, []).append(row)
    return found


def _record(worker: Worker, contracts: list[Any], placements: list[Any], enrolment: Any, due: list[str]) -> Record:
    contract = contracts[-1] if contracts else None
    placed = [row for row in placements if enrolment.valid_to is None or row.valid_from < enrolment.valid_to]
    return {
        "name": worker.name,
        "employee_no": worker.employee_no,
        "document_type": IDENTITY_CARD,
        "document_number": worker.identity_number,
        "sex": "男" if worker.sex == Worker.Sex.MALE else "女",
        "hukou": {"urban": "城镇", "rural": "农村"}.get(worker.hukou, ""),
        "phone": worker.phone,
        "client": placed[-1].client.short_name if placed else "",
        "city": enrolment.city,
        "insurances": "、".join(INSURED[name] for name in due),
        "employment": "劳务派遣",
        "contract_from": contract.valid_from.isoformat() if contract else "",
        "contract_to": last_day_before(contract.valid_to) if contract else "",
        "base_fen": enrolment.base_fen if due != [FUND] else None,
        "fund_base_fen": enrolment.housing_fund_base_fen if FUND in due else None,
        "fund_rate": enrolment.housing_fund_rate if FUND in due else None,
    }


def _why_in(worker: Worker, enrolment: Any) -> str:
    if _elsewhere(worker, enrolment, valid_to=enrolment.valid_from):
        return "转入"
    earlier = InsuranceEnrolment.objects.filter(worker=worker, valid_from__lt=enrolment.valid_from).exists()
    return "续保" if earlier else "新参保"


def _why_out(worker: Worker, enrolment: Any, contracts: list[Any]) -> str:
    if _elsewhere(worker, enrolment, valid_from=enrolment.valid_to):
        return "转出"
    if worker.left_on is None or not contracts:
        return "停保"
    contract = contracts[-1]
    # A fixed term of at least two years (LCL 58) that ran out was kept to its end; a shorter one was ended.
    full = contract.valid_to == worker.left_on and (contract.valid_to - contract.valid_from).days >= 730
    return "合同到期" if full else "解除合同"


def _elsewhere(worker: Worker, enrolment: Any, **when: Any) -> bool:
    return InsuranceEnrolment.objects.filter(worker=worker, **when).exclude(city=enrolment.city).exists()


def _numbered(records: list[Record]) -> list[Record]:
    return [{"serial": serial} | record for serial, record in enumerate(records, 1)]


def cities_of(month: Period) -> Iterator[str]:
    """Yield the cities in which somebody is or was insured around a month."""
    since = month.previous().first_day
    rows = InsuranceEnrolment.objects.filter(valid_from__lt=month.end).filter(Q(valid_to=None) | Q(valid_to__gte=since))
    yield from rows.order_by("city").values_list("city", flat=True).distinct()
