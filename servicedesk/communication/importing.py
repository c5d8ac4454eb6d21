"""Bring in a workbook of communication records: all of it or nothing, every bad cell named, safe to repeat."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from agency.audit import record
from agency.calendar.clock import time_zone
from agency.models import StaffMember
from agency.periods import Period
from agency.reasons import _, reason
from agency.spreadsheets.checking import DryRun, ParsedRow, Report
from agency.spreadsheets.columns import Finding, Values
from agency.spreadsheets.opening import open_upload
from agency.spreadsheets.refusals import Refused
from agency.spreadsheets.uploads import prepare
from agency.tenancy.context import current_agency_id

from .logging import compose
from .models import CommunicationLog, Confirmation, LogPerson, LogTopic
from .offering import offer_month
from .record_columns import RECORDS
from .record_dates import records_of
from .record_lookup import Meant, RecordLookup, length_of, start_of

Channel = CommunicationLog.Channel
CHANNELS = {
    "face_to_face": Channel.FACE,
    "phone": Channel.PHONE,
    "wechat": Channel.WECHAT,
    "round": Channel.PATROL,
}
# Five steps of a workbook to our three faces.
RATINGS = {1: 1, 2: 1, 3: 2, 4: 3, 5: 3}
NAMESPACE = uuid.UUID("5b1b0f4e-6c7b-5d0f-9a34-2f6f3a1f7c10")
LOGS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: `report` names every bad cell; nothing was written unless it is clean."""

    report: Report
    written: int = 0
    known: int = 0


def import_records(
    source: Path | BinaryIO, by: StaffMember, *, period: Period | None = None, filename: str = ""
) -> Imported:
    """Read a workbook of records and write all of it, or nothing where a cell is bad.

    With a `period` every day must lie in that month and may leave its year out (10月8日).

    A row is known again by its content, so the same file twice writes nothing new. A ticked "confirmed" counts as on
    paper and weighs less. A specialist may bring in their own records only. Raises `Refused` for a file that holds no
    such table.
    """
    table = records_of(period) if period else RECORDS
    upload = prepare(open_upload(source, filename), table)
    if not upload.mapping.complete:
        raise Refused(upload.mapping.problems(upload.headers)[0])
    lookup, repeats = RecordLookup(by), _Repeats()
    dry_run = DryRun(upload.sheet, table, upload.headers, upload.mapping, checks=(lookup, _long_enough, repeats))
    rows = list(dry_run)
    if not dry_run.report.clean:
        return Imported(dry_run.report)
    with transaction.atomic():
        written, known = _write([(row.values, lookup.meant[row.row]) for row in rows if row.row not in repeats.rows])
        record("communication.records.imported", subject=by, written=written, known=known, digest=upload.opened.digest)
    return Imported(dry_run.report, written, known)


class _Repeats:
    """A check that warns of rows that say the same as one before; they are one talk."""

    def __init__(self) -> None:
        self.rows: set[int] = set()
        self._seen: dict[uuid.UUID, int] = {}

    def __call__(self, rows: Sequence[ParsedRow]) -> Iterator[Finding]:
        for row in rows:
            if not row.good:
                continue
            first = self._seen.setdefault(number_of(row.values), row.row)
            if first != row.row:
                self.rows.add(row.row)
                yield Finding(
                    "content",
                    reason(_("The same talk as in row %(row)d; it is kept once."), row=first),
                    warning=True,
                    row=row.row,
                )


def _long_enough(rows: Sequence[ParsedRow]) -> Iterator[Finding]:
    """Find talks of more than twelve hours: a slip of the pen."""
    for row in rows:
        if row.good and length_of(row.values) > 720:
            yield Finding("minutes", reason(_("A talk of more than 12 hours? Check the length.")), row=row.row)


def number_of(values: Values) -> uuid.UUID:
    """Number a row by its content, within its agency: the same row again is the same talk."""
    parts = ("specialist", "client", "worker_name", "identity_number", "client_contact", "date", "start_time")
    content = [current_agency_id(), *(values[name] for name in (*parts, "channel", "content"))]
    return uuid.uuid5(NAMESPACE, "\x1f".join("" if part is None else str(part) for part in content))


def _write(rows: list[tuple[Values, Meant]]) -> tuple[int, int]:
    """Write the rows that are not known yet; return how many were written and how many were known."""
    numbers = [number_of(values) for values, _meant in rows]
    known = set(CommunicationLog.objects.filter(uuid__in=numbers).values_list("uuid", flat=True))
    fresh = [
        (number, values, meant) for number, (values, meant) in zip(numbers, rows, strict=True) if number not in known
    ]
    for start in range(0, len(fresh), LOGS_AT_ONCE):
        _write_batch(fresh[start : start + LOGS_AT_ONCE])
    offer_month((meant.staff, meant.client, values["date"]) for _number, values, meant in fresh)
    return len(fresh), len(known)


def _write_batch(rows: Iterable[tuple[uuid.UUID, Values, Meant]]) -> None:
    rows = list(rows)
    logs = CommunicationLog.objects.bulk_create([_log(number, values, meant) for number, values, meant in rows])
    meant = [row[2] for row in rows]
    people = LogPerson.objects.bulk_create(
        [LogPerson(log=log, worker=m.worker, contact=m.contact) for log, m in zip(logs, meant, strict=True)]
    )
    LogTopic.objects.bulk_create(
        [LogTopic(log=log, topic=m.topic) for log, m in zip(logs, meant, strict=True) if m.topic]
    )
    Confirmation.objects.bulk_create(
        [_confirmation(person, values) for person, (_number, values, _meant) in zip(people, rows, strict=True)]
    )


def _log(number: uuid.UUID, values: Values, meant: Meant) -> CommunicationLog:
    started_at = dt.datetime.combine(values["date"], start_of(values), time_zone())
    log = compose(
        staff=meant.staff,
        client=meant.client,
        site=meant.site,
        channel=CHANNELS[values["channel"]],
        place=meant.place,
        started_at=started_at,
        day=values["date"],
    )
    log.uuid, log.minutes, log.is_imported = number, length_of(values), True
    log.said, log.follow_up = values["content"].strip(), (values["follow_up"] or "").strip()
    return log


def _confirmation(person: LogPerson, values: Values) -> Confirmation:
    said_yes = bool(values["confirmed"])
    return Confirmation(
        log=person.log,
        person=person,
        answer=Confirmation.Answer.YES if said_yes else None,
        answered_at=person.log.entered_at if said_yes else None,
        rating=RATINGS.get(values["rating"]) if said_yes else None,
        on_paper=said_yes,
    )
