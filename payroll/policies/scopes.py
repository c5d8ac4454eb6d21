"""The rules of a city are those of everybody who may read rules at all."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from agency.permissions import scope_of
from payroll.models import ContributionPolicy, PolicyDraft


def _all(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows


for model in (ContributionPolicy, PolicyDraft):
    scope_of(model)(_all)
