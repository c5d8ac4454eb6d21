"""A specialist sees their own plans and tasks, after a hand-over too, and those of whom they stand in for today."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from agency.permissions import scope_of
from agency.staff.absences import theirs_or_stood_in
from servicedesk.workflow.models import MonthPlan, PlanChange, Task, TaskFile, WorkflowStep, WorkflowTemplate


@scope_of(MonthPlan)
def plans(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(theirs_or_stood_in(staff, on))


@scope_of(Task)
def tasks(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(theirs_or_stood_in(staff, on))


@scope_of(TaskFile)
def files(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(theirs_or_stood_in(staff, on, "task__"))


@scope_of(WorkflowTemplate)
def procedures(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows


@scope_of(WorkflowStep)
def steps(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows


@scope_of(PlanChange)
def changes(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(theirs_or_stood_in(staff, on, "task__"))
