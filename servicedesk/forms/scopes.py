"""A specialist sees their own forms."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from agency.permissions import scope_of

from .models import FormSubmission


@scope_of(FormSubmission)
def own_forms(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(staff=staff)
