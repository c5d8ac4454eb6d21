"""Take the limits of a month from the agency's own confirmed records of the three months before it.

What ninety-nine of a hundred confirmed records stay below is usual here and no sign (research/methods.md, section 2:
a fixed share of equal answers depends on the form and the people, so no constant holds for every agency).
"""

import numpy as np

from agency.periods import Period
from servicedesk.communication.models import CommunicationLog

from .likeness import alike
from .models import EvidenceLimits
from .reading import before, entries_by_person, logs_between, texts_of
from .rhythm import company_of
from .texts import common_pieces

METHOD = "1"
MONTHS, ENOUGH, MOST = 3, 200, 20_000
# What two texts must share to be looked at: below, MinHash with bands of four finds too few.
LEAST_PERMILLE = 500
# The usual limits: they stand while there is too little of the agency's own, and no measured limit falls below them.
TEXT_PERMILLE, BURST_COUNT, LATE_DAYS, SPEED_KMH, SILENT_TALKS = 700, 6, 2, 100, 3


def limits_for(period: Period) -> EvidenceLimits:
    """Return the month's limits; measured ones are made once and stay, provisional ones are made anew."""
    kept = EvidenceLimits.objects.filter(period=str(period)).first()
    if kept and not kept.provisional and kept.method == METHOD:
        return kept
    past = logs_between(before(period, MONTHS), period.first_day)
    confirmed = list(past.confirmed().order_by("-pk").values_list("pk", flat=True)[:MOST])  # type: ignore[attr-defined]
    provisional = len(confirmed) < ENOUGH
    known = logs_between(before(period, MONTHS), period.end if provisional else period.first_day)
    written = texts_of(
        CommunicationLog.objects.filter(pk__in=list(known.order_by("-pk").values_list("pk", flat=True)[:MOST]))
    )
    common = common_pieces(written.pieces, written.writers)
    found = _usual() if provisional else _measured(confirmed, common)
    values = {**found, "common": common.tobytes(), "measured": len(confirmed), "provisional": provisional}
    return EvidenceLimits.objects.update_or_create(period=str(period), defaults={**values, "method": METHOD})[0]


def _usual() -> dict[str, int]:
    return {
        "text_permille": TEXT_PERMILLE,
        "burst_count": BURST_COUNT,
        "late_days": LATE_DAYS,
        "speed_kmh": SPEED_KMH,
        "silent_talks": SILENT_TALKS,
    }


def _measured(confirmed: list[int], common: np.ndarray) -> dict[str, int]:
    """Measure what 99 % of confirmed records stay below; speed and silence cannot be measured on them."""
    logs = CommunicationLog.objects.filter(pk__in=confirmed)
    texts = texts_of(logs)
    likest = np.zeros(len(texts.logs), dtype=np.int64)
    for pair in alike(texts.pieces.without(common), LEAST_PERMILLE):
        for text in (pair.later, pair.earlier):
            likest[text] = max(likest[text], pair.permille)
    companies: list[int] = []
    days: list[int] = []
    for entries in entries_by_person(logs):
        companies += company_of(entries).values()
        days += [max(entry.days_late, 0) for entry in entries]
    return {
        **_usual(),
        "text_permille": max(_within(likest), TEXT_PERMILLE),
        "burst_count": max(_within(companies) + 1, BURST_COUNT),
        "late_days": max(_within(days), LATE_DAYS),
    }


def _within(values: "list[int] | np.ndarray") -> int:
    """Return what 99 % of the values do not exceed."""
    ordered = np.sort(np.asarray(values, dtype=np.int64))
    return int(ordered[-(-len(ordered) * 99 // 100) - 1]) if len(ordered) else 0
