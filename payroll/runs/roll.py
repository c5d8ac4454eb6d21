"""Who is in a run: the workers placed at the client in the month, each once, with what their placement says."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from django.db.models import BigIntegerField, F, Func, Q, QuerySet, Value

from agency.calendar import calendar_for
from agency.columnar import NULL, Columns, KeySet, day_number, day_of, read_columns, spread
from agency.money import Column
from clients.models import Post, Site
from payroll.models import PayrollInput, PayrollRun
from workers.models import Placement

from .wages import average_wage

PLACED = ("site", "post", "wage_fen")
NAME_HASH = Func(F("worker__name"), Value(0), function="hashtextextended", output_field=BigIntegerField())


@dataclass(frozen=True)
class Roll:
    """The workers of a run by their keys in order, as columns; `place` is a number in `places_of`.

    Days as `agency.columnar` counts them: `begins` and `ends` span the placements of the month here, `ends` exclusive
    or NULL.
    """

    worker_id: Column
    joined_on: Column
    site: Column
    post: Column
    wage_fen: Column
    begins: Column
    ends: Column
    moved: np.ndarray
    namesakes: np.ndarray
    elsewhere: np.ndarray
    is_new: np.ndarray
    is_leaving: np.ndarray
    student: np.ndarray

    def __len__(self) -> int:
        return len(self.worker_id)

    def only(self, kept: np.ndarray) -> Self:
        """Return the roll of some of the workers."""
        return type(self)(**{field.name: getattr(self, field.name)[kept] for field in fields(self)})

    @property
    def employed_on(self) -> Column:
        """The first day of employment, or of the placement where that is not known."""
        return np.where(self.joined_on == NULL, self.begins, self.joined_on)


def placements_of(run: PayrollRun) -> QuerySet:
    """Return the placements at the run's client that touch its month.

    Beside the regular run also those of who has left before it and is paid in this run: a bonus, a severance, arrears.
    """
    here = Placement.objects.filter(client=run.client_id)
    if run.kind == PayrollRun.Kind.REGULAR:
        return here.valid_in(run.month)
    paid = PayrollInput.objects.filter(run=run).values("worker")
    touching = Q(valid_from__lt=run.month.end) & (Q(valid_to=None) | Q(valid_to__gt=run.month.first_day))
    return here.filter(touching | Q(worker__in=paid, valid_from__lt=run.month.end))


def choosable_for(run: PayrollRun) -> QuerySet:
    """Return the placements of everybody a run may pay: of the month, or beside the regular run of any month before."""
    if run.kind == PayrollRun.Kind.REGULAR:
        return placements_of(run)
    return Placement.objects.filter(client=run.client_id, valid_from__lt=run.month.end)


def roll_of(run: PayrollRun) -> Roll:
    """Return the workers of a run, in two queries.

    Of several placements in the month the last one gives the place, and each its wage for its workdays. Who goes
    on to another client within the month is insured with that one: a month is contributed for once.
    """
    rows = read_columns(
        placements_of(run).order_by("worker_id", "valid_from"),
        worker_id="worker_id", joined_on="worker__joined_on", name=NAME_HASH, site="site_id", post="post_id",
        wage_fen="base_wage_fen", begins="valid_from", ends="valid_to",
        student="internship",
    )  # fmt: skip
    same = rows["worker_id"][1:] == rows["worker_id"][:-1]
    first, last = np.flatnonzero(np.append([True], ~same)), np.flatnonzero(np.append(~same, [True]))
    if not len(rows["worker_id"]):
        first = last = np.zeros(0, dtype=np.int64)
    one = {name: values[last] for name, values in rows.items()}
    others = read_columns(
        _begun_elsewhere(run, one["worker_id"]).order_by("valid_from"), worker_id="worker_id", begins="valid_from"
    )
    begins = rows["begins"][first]
    _names, inverse, counts = np.unique(one.pop("name"), return_inverse=True, return_counts=True)
    return Roll(
        **one
        | {
            "wage_fen": _wages(run, rows, first, last),
            "begins": begins,
            "moved": _moved(rows, same, first),
            "namesakes": counts[inverse] > 1,
            "elsewhere": spread(one["worker_id"], others, "worker_id", "begins", NULL) > one["begins"],
            "is_new": begins >= day_number(run.month.first_day),
            "student": one["student"] == 1,
            "is_leaving": (one["ends"] != NULL) & (one["ends"] <= day_number(run.month.end)),
        }
    )


def places_of(roll: Roll) -> tuple[list[str], Column]:
    """Return the names of the roll's places, and for each worker the number of theirs, from 0."""
    sites, site = np.unique(roll.site, return_inverse=True)
    posts, post = np.unique(roll.post, return_inverse=True)
    pairs, number = np.unique(site * len(posts) + post, return_inverse=True)
    site_names = dict(Site.objects.filter(pk__in=sites.tolist()).values_list("pk", "name"))
    post_names = dict(Post.objects.filter(pk__in=posts.tolist()).values_list("pk", "name"))
    named = [
        (site_names.get(int(sites[pair // len(posts)])), post_names[int(posts[pair % len(posts)])]) for pair in pairs
    ]
    return ["·".join(filter(None, names)) for names in named], number


def _moved(rows: Columns, same: np.ndarray, first: Column) -> np.ndarray:
    changed = np.zeros(len(same), dtype=bool)
    for name in PLACED:
        changed |= rows[name][1:] != rows[name][:-1]
    moves = np.append([False], changed & same)
    return np.logical_or.reduceat(moves, first) if len(first) else np.zeros(0, dtype=bool)


def _wages(run: PayrollRun, rows: Columns, first: Column, last: Column) -> Column:
    wages = rows["wage_fen"][last]
    several = np.flatnonzero(last > first)
    workdays = calendar_for().workdays_in(run.month) if len(several) else []
    for at in several.tolist():
        parts = range(first[at], last[at] + 1)
        spans = [(int(rows["wage_fen"][row]), day_of(int(rows["begins"][row])), _end(rows, row)) for row in parts]
        wages[at] = average_wage(spans, workdays)
    return wages


def _end(rows: Columns, row: int) -> dt.date | None:
    return None if rows["ends"][row] == NULL else day_of(int(rows["ends"][row]))


def _begun_elsewhere(run: PayrollRun, keys: Column) -> QuerySet:
    others = Placement.objects.valid_in(run.month).exclude(client=run.client_id)
    return others.filter(KeySet(keys.tolist()).names("worker")).order_by("valid_from")
