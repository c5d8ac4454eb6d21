"""Find the signs of a month: what ought to stand there follows from the records alone, in whatever order they came."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from agency.periods import Period
from servicedesk.communication.models import Confirmation, LogPerson

from .likeness import alike
from .models import EvidenceLimits, EvidenceSignal
from .reading import before, entries_by_person, logs_between, span, texts_of, visits_by_person
from .rhythm import company_of
from .visits import journeys, overlaps

Kind = EvidenceSignal.Kind
# A text is compared with those of its month and the month before.
MONTHS_BACK = 1
PATIENCE = dt.timedelta(days=7)
# A journey of twice the allowed speed is as strong as a sign can be; so are 30 days, and 20 records at once.
FULL_DAYS, FULL_BURST = 30, 20


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that ought to stand at a record."""

    log: int
    kind: str
    other: int | None
    strength: int
    figures: dict[str, Any]


def same_words(period: Period, limits: EvidenceLimits) -> Iterator[Sign]:
    """Records nearly equal to an earlier one of anybody, the agency's usual phrases left out."""
    texts = texts_of(logs_between(before(period, MONTHS_BACK), period.end))
    here = set(logs_between(period.first_day, period.end).order_by().values_list("pk", flat=True))
    own = texts.pieces.without(np.frombuffer(limits.common, dtype=np.uint32))
    for pair in alike(own, limits.text_permille):
        later, earlier = int(texts.logs[pair.later]), int(texts.logs[pair.earlier])
        if later in here:
            same = bool(texts.writers[pair.later] == texts.writers[pair.earlier])
            figures = {"permille": pair.permille, "limit": limits.text_permille, "same_writer": same}
            yield Sign(later, Kind.TEXT, earlier, pair.permille, figures)


def impossible_ways(period: Period, limits: EvidenceLimits) -> Iterator[Sign]:
    """Talks in person at two places at once, and ways faster than the road allows."""
    for visits in visits_by_person(logs_between(period.first_day, period.end)):
        for found in overlaps(visits):
            strength = min(found.minutes * 1000 // min(found.later.minutes, found.earlier.minutes), 1000)
            yield Sign(found.later.log, Kind.OVERLAP, found.earlier.log, strength, {"minutes": found.minutes})
        for way in journeys(visits, limits.speed_kmh):
            figures = {"metres": way.metres, "minutes": way.minutes, "kmh": way.kmh, "limit": limits.speed_kmh}
            strength = min(way.kmh * 500 // limits.speed_kmh, 1000)
            yield Sign(way.later.log, Kind.TRAVEL, way.earlier.log, strength, figures)


def odd_entries(period: Period, limits: EvidenceLimits) -> Iterator[Sign]:
    """Records written down many at once, or long after the talk."""
    for entries in entries_by_person(logs_between(period.first_day, period.end)):
        company = company_of(entries)
        for entry in entries:
            count, days = company[entry.log], entry.days_late
            if count >= limits.burst_count:
                figures = {"count": count, "limit": limits.burst_count}
                yield Sign(entry.log, Kind.BURST, None, min(count * 1000 // FULL_BURST, 1000), figures)
            if days > limits.late_days:
                figures = {"days": days, "limit": limits.late_days}
                yield Sign(entry.log, Kind.LATE, None, min(days * 1000 // FULL_DAYS, 1000), figures)


def silent_people(period: Period, limits: EvidenceLimits, on: dt.date) -> Iterator[Sign]:
    """Unconfirmed records, a week old, with people who never confirmed one of this specialist's many talks."""
    window = logs_between(before(period, MONTHS_BACK), period.end).filter(day__lte=on - PATIENCE)
    held = {pk: (staff, day) for pk, staff, day in window.order_by("pk").values_list("pk", "staff_id", "day")}
    confirmed = set(Confirmation.objects.full().filter(**span(held)).values_list("person_id", flat=True))
    talks: Counter[tuple[int, int | None, int | None]] = Counter()
    spoken: set[tuple[int, int | None, int | None]] = set()
    by_log: dict[int, list[tuple[int, int | None, int | None]]] = {}
    people = LogPerson.objects.filter(**span(held)).order_by("log_id", "pk")
    for person, log, worker, contact in people.values_list("pk", "log_id", "worker_id", "contact_id").iterator():
        if log not in held:
            continue
        staff, day = held[log]
        pair = (staff, worker, contact)
        talks[pair] += 1
        if person in confirmed:
            spoken.add(pair)
        if day >= period.first_day:
            by_log.setdefault(log, []).append(pair)
    for log, pairs in by_log.items():
        if all(pair not in spoken and talks[pair] >= limits.silent_talks for pair in pairs):
            most = max(talks[pair] for pair in pairs)
            figures = {"talks": most, "people": len(pairs), "limit": limits.silent_talks}
            yield Sign(log, Kind.SILENT, None, min(most * 100, 1000), figures)


def write_signs(period: Period, kinds: Iterable[str], found: Iterable[Sign], version: str) -> int:
    """Make the month's signs of some kinds equal to what was found; return how many stand there. Safe to repeat."""
    wanted = {(sign.log, sign.kind, sign.other): sign for sign in found}
    standing = EvidenceSignal.objects.of_period(period).filter(kind__in=list(kinds))
    gone: list[int] = []
    changed: list[EvidenceSignal] = []
    kept = 0
    for row in standing:
        sign = wanted.pop((row.log_id, row.kind, row.other_id), None)
        if sign is None:
            gone.append(row.pk)
            continue
        kept += 1
        if (row.strength, row.figures, row.computed_version) != (sign.strength, sign.figures, version):
            row.strength, row.figures, row.computed_version = sign.strength, sign.figures, version
            changed.append(row)
    EvidenceSignal.objects.filter(pk__in=gone).delete()
    EvidenceSignal.objects.bulk_update(changed, ["strength", "figures", "computed_version"], batch_size=1_000)
    new = [
        EvidenceSignal(
            log_id=sign.log,
            kind=sign.kind,
            other_id=sign.other,
            strength=sign.strength,
            figures=sign.figures,
            computed_version=version,
        )
        for sign in wanted.values()
    ]
    EvidenceSignal.objects.bulk_create(new, batch_size=2_000)
    return kept + len(new)
