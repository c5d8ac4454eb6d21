"""A specialist sees their own sheets."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from agency.permissions import scope_of
from servicedesk.scoring.sheet_models import ScoreLine, ScoreSheet


@scope_of(ScoreSheet)
def own_sheets(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(staff=staff)


@scope_of(ScoreLine)
def own_lines(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(sheet__staff=staff)
