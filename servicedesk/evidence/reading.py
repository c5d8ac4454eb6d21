"""Read an agency's records for the comparisons, month by month."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.db.models.functions import MD5
from django.utils import timezone

from agency.calendar.clock import time_zone
from agency.periods import Period
from servicedesk.communication.models import CommunicationLog

from .models import TextPieces
from .rhythm import Entry
from .texts import Pieces, pieces_of
from .visits import Visit

BEING_THERE = (CommunicationLog.Channel.FACE, CommunicationLog.Channel.PATROL)
ROWS = 5_000


def logs_between(first: dt.date, end: dt.date) -> QuerySet[CommunicationLog]:
    return CommunicationLog.objects.filter(day__gte=first, day__lt=end)


def uncut(first: dt.date, end: dt.date) -> list[int]:
    """Return the records whose words were not cut up yet, or have changed since."""
    words = logs_between(first, end).order_by("pk").values_list("pk", MD5("said"))
    now = dict(words.iterator(ROWS))
    cut = dict(_kept_for(now).values_list("log_id", "digest").iterator(ROWS))
    return [pk for pk, digest in now.items() if cut.get(pk) != digest]


def cut_up(logs: Iterable[int]) -> None:
    """Keep the pieces of some records' words. Safe to repeat."""
    rows = list(CommunicationLog.objects.filter(pk__in=logs).order_by("pk").values_list("pk", MD5("said"), "said"))
    pieces = pieces_of([said for _pk, _digest, said in rows])
    TextPieces.objects.bulk_create(
        [
            TextPieces(log_id=pk, digest=digest, pieces=pieces[index].tobytes())
            for index, (pk, digest, _said) in enumerate(rows)
        ],
        update_conflicts=True,
        unique_fields=["log"],
        update_fields=["digest", "pieces"],
    )


@dataclass(frozen=True)
class Texts:
    """Records in the order they were kept, who wrote each, and their pieces."""

    logs: np.ndarray
    writers: np.ndarray
    pieces: Pieces


def texts_of(logs: QuerySet[CommunicationLog]) -> Texts:
    writer_of = dict(logs.order_by("pk").values_list("pk", "staff_id").iterator(ROWS))
    ids: list[int] = []
    sets: list[np.ndarray] = []
    for log, cut in _kept_for(writer_of).order_by("log_id").values_list("log_id", "pieces").iterator(ROWS):
        if log in writer_of:
            ids.append(log)
            sets.append(np.frombuffer(cut, dtype=np.uint32))
    writers = np.array([writer_of[log] for log in ids], dtype=np.int64)
    return Texts(np.array(ids, dtype=np.int64), writers, Pieces.joined(sets))


def _kept_for(logs: dict[int, Any]) -> QuerySet[TextPieces]:
    return TextPieces.objects.filter(**span(logs))


def span(logs: dict[int, Any]) -> dict[str, int]:
    """Return the condition on what hangs on some records, which come in order, by the first and the last of them.

    The tables are not joined: of an agency that has just come PostgreSQL expects a single row, and would look through
    all its rows again for each of its records.
    """
    first, last = (next(iter(logs)), next(reversed(logs))) if logs else (0, 0)
    return {"log_id__gte": first, "log_id__lte": last}


def visits_by_person(logs: QuerySet[CommunicationLog]) -> Iterator[list[Visit]]:
    """Yield each specialist's talks at which they were there in person."""
    rows = logs.filter(channel__in=BEING_THERE).order_by("staff_id", "started_at", "pk")
    fields = ("staff_id", "pk", "client_id", "site_id", "started_at", "minutes", "site__latitude", "site__longitude")
    for _staff, own in groupby(rows.values_list(*fields).iterator(ROWS), key=lambda row: row[0]):
        yield [
            Visit(pk, (client, site), start, minutes, _position(latitude, longitude))
            for _who, pk, client, site, start, minutes, latitude, longitude in own
        ]


def _position(latitude: Decimal | None, longitude: Decimal | None) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (float(latitude), float(longitude))


def entries_by_person(logs: QuerySet[CommunicationLog]) -> Iterator[list[Entry]]:
    """Yield each specialist's records that they wrote down themselves; workbooks are brought in at once and later."""
    zone = time_zone()
    rows = logs.filter(is_imported=False).order_by("staff_id", "pk").values_list("staff_id", "pk", "day", "entered_at")
    for _staff, own in groupby(rows.iterator(ROWS), key=lambda row: row[0]):
        yield [Entry(pk, day, at, timezone.localtime(at, zone).date()) for _who, pk, day, at in own]


def before(period: Period, months: int) -> dt.date:
    """Return the first day of the month so many before."""
    return (period - months).first_day
