"""The bank is the trainers'; an exam is seen by those asked to it, an attempt by whoever sat it."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from agency.permissions import scope_of
from training.exams.models import Attempt, Exam, Question


@scope_of(Question)
def questions(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.none()


@scope_of(Exam)
def exams(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(session__attendances__staff=staff)


@scope_of(Attempt)
def attempts(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(staff=staff)
