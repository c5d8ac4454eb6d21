"""Where a worker stands today, in words."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agency.shell.formats import day_short, day_year
from workers.models import Placement, Worker

from .queries import last_placements

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """A worker with the placement that counts now, and the badge that says how they stand."""

    worker: Worker
    placement: Placement | None
    state: str
    text: str
    icon: str

    @property
    def pk(self) -> int:
        return self.worker.pk


def standings(keys: Collection[int], on: dt.date) -> list[Standing]:
    """Return how some workers stand, in two queries; their numbers stay encrypted."""
    workers = Worker.objects.filter(pk__in=keys).defer("identity_number", "phone")
    placements = last_placements(on).filter(worker__in=keys).select_related("client", "site", "post")
    latest: dict[int, Placement] = {}
    for placement in sorted(placements, key=lambda row: row.valid_from):
        if placement.valid_from <= on or placement.worker_id not in latest:
            latest[placement.worker_id] = placement
    return [standing(worker, latest.get(worker.pk), on) for worker in workers]


def standing(worker: Worker, placement: Placement | None, on: dt.date) -> Standing:
    """Say how a worker stands on a day, given the placement that counts then."""
    return Standing(worker, placement, *_badge(worker, placement, on))


def _badge(worker: Worker, placement: Placement | None, on: dt.date) -> tuple[str, str, str]:
    if worker.left_on is not None and worker.left_on <= on:
        return "off", _("Left on %(day)s") % {"day": day_year(worker.left_on - DAY)}, "logout"
    if worker.joined_on is None and not (placement is not None and placement.internship):
        return "bad", _("No contract signed"), "alert"
    if placement is not None and placement.is_valid_on(on):
        if placement.valid_to is not None and placement.valid_to - on <= dt.timedelta(days=30):
            return "soon", _("Until %(day)s") % {"day": day_short(placement.valid_to - DAY)}, "clock"
        return "ok", _("At work"), "ok"
    if placement is not None and placement.valid_from > on:
        return "info", _("Starts %(day)s") % {"day": day_short(placement.valid_from)}, "calendar"
    return "warn", _("Waiting for a placement"), "hourglass"
