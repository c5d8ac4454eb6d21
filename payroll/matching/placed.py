"""Who is in a client's match: those here at the month's end, and those gone from everywhere who are still insured."""

import numpy as np
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from agency.columnar import NULL, Columns, day_number, read_columns
from agency.money import Column
from agency.periods import Period
from payroll.models import BureauRecord
from workers.models import InsuranceEnrolment, Placement


def ever_placed(client_id: int, worker: int | None = None) -> "QuerySet[Placement]":
    """Return the placements a client ever had, of one worker where named."""
    placed = Placement.objects.filter(client=client_id)
    return placed if worker is None else placed.filter(worker=worker)


def people_of(client_id: int, period: Period, worker: int | None = None) -> Columns:
    """Read who is here at the month's end, and who was before and is nowhere now; by name, each once.

    Who is with somebody else at the month's end is insured there: a month is contributed for once. A student on
    internship is no employee and need not be. Who was here and is still insured, by the bureau or by us, is too long.
    `here` is 1 for the first, 0 for the second; `begins` and `ends` are the placement's days.
    """
    insured = InsuranceEnrolment.objects.valid_in(period).values("worker")
    listed = BureauRecord.objects.insured().filter(period=str(period), worker__isnull=False).values("worker")
    running = Q(valid_to=None) | Q(valid_to__gt=period.first_day)
    rows = Placement.objects.filter(
        running | Q(worker__in=insured) | Q(worker__in=listed),
        valid_from__lt=period.end,
        worker__in=ever_placed(client_id, worker).values("worker"),
    )
    table = read_columns(
        rows.order_by("worker__name_pinyin", "worker_id", "valid_from"),
        worker_id="worker_id", begins="valid_from", ends="valid_to", internship="internship",
        ours=ExpressionWrapper(Q(client=client_id), BooleanField()),
    )  # fmt: skip
    runs = (table["ends"] == NULL) | (table["ends"] > day_number(period.first_day))
    ours = table["ours"] == 1
    # A worker's placements do not overlap and stand by date: the last one is where they are at the month's end.
    last = _last_of(table["worker_id"])
    here = last & runs & ours & (table["internship"] == 0)
    left = _last_of(table["worker_id"], ours) & ~_any_of(table["worker_id"], runs)
    found = {name: table[name][here | left] for name in ("worker_id", "begins", "ends")}
    return found | {"here": here[here | left].astype(np.int64)}


def _last_of(keys: Column, among: np.ndarray | None = None) -> np.ndarray:
    """Mark the last row of each key, keys standing together; of the rows `among` alone where given."""
    rows = np.arange(len(keys)) if among is None else np.flatnonzero(among)
    marked = np.zeros(len(keys), dtype=bool)
    if len(rows):
        marked[rows[np.append(keys[rows][1:] != keys[rows][:-1], True)]] = True
    return marked


def _any_of(keys: Column, marked: np.ndarray) -> np.ndarray:
    """Mark all rows of each key that has a marked one."""
    return np.isin(keys, keys[marked])
