"""Layouts are those of everybody who may read rules at all."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from agency.permissions import scope_of
from payroll.models import FileLayout, LayoutDraft


def _all(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows


for model in (FileLayout, LayoutDraft):
    scope_of(model)(_all)
