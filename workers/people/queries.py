"""Workers in the words of the trade: employed, left, waiting, last placed at."""

import datetime as dt
from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from agency.tenancy.base import AgencyManager, AgencyQuerySet


def last_placements(on: dt.date) -> QuerySet:
    """Return each worker's placement on a day, the last one before it, and those still to come.

    A worker who went back to the agency belongs to the client they came from until the next placement begins.
    """
    placements = apps.get_model("workers", "Placement").objects
    newer = placements.filter(worker=OuterRef("worker"), valid_from__gt=OuterRef("valid_from"), valid_from__lte=on)
    return placements.filter(~Exists(newer)).order_by()


class WorkerQuerySet(AgencyQuerySet):
    def employed_on(self, day: dt.date) -> Self:
        """Workers whose employment has not ended by that day; a worker without a contract counts until one ends."""
        return self.filter(Q(left_on=None) | Q(left_on__gt=day))

    def left_by(self, day: dt.date) -> Self:
        """Workers whose last labour contract has ended by that day."""
        return self.filter(left_on__lte=day)

    def waiting_on(self, day: dt.date) -> Self:
        """Employed workers without a placement on that day (Labour Contract Law 58: they are still paid)."""
        placed = apps.get_model("workers", "Placement").objects.valid_on(day).filter(worker=OuterRef("pk"))
        return self.employed_on(day).filter(~Exists(placed))

    def last_placed(self, on: dt.date, **where: Any) -> Self:
        """Workers whose last placement (see `last_placements`) is at a client, site or post."""
        return self.filter(Exists(last_placements(on).filter(worker=OuterRef("pk"), **where)))


class WorkerManager(AgencyManager.from_queryset(WorkerQuerySet)):  # type: ignore[misc]
    pass
