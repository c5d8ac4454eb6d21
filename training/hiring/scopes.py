"""Whoever is no head office sees only the candidates they are asked to rate."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from agency.permissions import scope_of
from training.hiring.models import Candidate, Rating


@scope_of(Candidate)
def candidates(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(ratings__rater=staff)


@scope_of(Rating)
def ratings(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(rater=staff)
