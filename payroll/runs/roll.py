"""Who is in a run: the workers placed at the client in the month, each once, with what their placement says."""

import datetime as dt
from collections import Counter
from typing import NamedTuple

from django.db.models import QuerySet

from agency.calendar import calendar_for
from payroll.models import PayrollRun
from workers.models import Placement

from .wages import average_wage

FIELDS = (
    "worker_id", "worker__name", "worker__name_pinyin", "worker__employee_no", "worker__joined_on",
    "site__name", "post__name", "base_wage_fen", "valid_from", "valid_to",
)  # fmt: skip
BEGINS, PLACED, SPAN = 8, slice(5, 8), slice(7, 10)


class Member(NamedTuple):
    """One worker of a run; `begins`/`ends` span the placements of the month here, `ends` exclusive or None."""

    worker_id: int
    name: str
    name_pinyin: str
    employee_no: str
    joined_on: dt.date | None
    place: str
    wage_fen: int
    begins: dt.date
    ends: dt.date | None
    moved: bool
    namesakes: bool
    elsewhere: bool
    is_new: bool
    is_leaving: bool


def placements_of(run: PayrollRun) -> QuerySet:
    """Return the placements at the run's client that touch its month."""
    return Placement.objects.valid_in(run.month).filter(client=run.client_id)


def members_of(run: PayrollRun) -> list[Member]:
    """Return the workers of a run in two queries.

    Of several placements in the month the last one gives the place, and each its wage for its workdays. Who goes
    on to another client within the month is insured with that one: a month is contributed for once.
    """
    rows: dict[int, tuple] = {}
    began: dict[int, dt.date] = {}
    moved: set[int] = set()
    spans: dict[int, list[tuple]] = {}
    for row in placements_of(run).order_by("worker_id", "valid_from").values_list(*FIELDS):
        key = row[0]
        if key in rows:
            began.setdefault(key, rows[key][BEGINS])
            if rows[key][PLACED] != row[PLACED]:
                moved.add(key)
            spans.setdefault(key, [rows[key][SPAN]]).append(row[SPAN])
        rows[key] = row
    elsewhere = {key for key, begins in _begun_elsewhere(run) if key in rows and begins > rows[key][BEGINS]}
    names = Counter(row[1] for row in rows.values())
    first, end = run.month.first_day, run.month.end
    wages = _wages(run, spans)
    members = []
    for key, row in rows.items():
        _key, name, pinyin, number, joined_on, site, post, wage_fen, begins, ends = row
        begins = began.get(key, begins)
        place = f"{site}·{post}" if site else post
        leaving = ends is not None and ends <= end
        wage_fen = wages.get(key, wage_fen)
        marks = (key in moved, names[name] > 1, key in elsewhere, begins >= first, leaving)
        members.append(Member(key, name, pinyin, number, joined_on, place, wage_fen, begins, ends, *marks))
    return members


def _wages(run: PayrollRun, spans: dict[int, list[tuple]]) -> dict[int, int]:
    if not spans:
        return {}
    workdays = calendar_for().workdays_in(run.month)
    return {key: average_wage(of_worker, workdays) for key, of_worker in spans.items()}


def _begun_elsewhere(run: PayrollRun) -> QuerySet:
    others = Placement.objects.valid_in(run.month).exclude(client=run.client_id)
    return others.filter(worker__in=placements_of(run).values("worker")).values_list("worker_id", "valid_from")
