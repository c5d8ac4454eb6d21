"""Courses and their dates are everybody's; who came is one's own."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from agency.permissions import scope_of
from training.courses.models import Attendance, Course, Session


@scope_of(Course)
def courses(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows


@scope_of(Session)
def sessions(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows


@scope_of(Attendance)
def attendances(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(staff=staff)
