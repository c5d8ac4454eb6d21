"""What pages, scores and dashboards ask about tasks."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.db.models import Sum
from django.db.models.functions import Coalesce

from agency.calendar import today
from agency.models import StaffMember
from agency.periods import Period
from servicedesk.workflow.plan_models import Task
from servicedesk.workflow.template_models import Category

OWN_TASK_MINUTES = 30


@dataclass(frozen=True)
class Progress:
    """How far a month's tasks are: closed of all, how many should be by now, which are late."""

    done: int = 0
    total: int = 0
    planned: int = 0
    late: list[Task] = field(default_factory=list)

    @property
    def percent(self) -> int:
        """Whole per cent done, rounded down: 100 only when everything is."""
        return self.done * 100 // self.total if self.total else 0

    @property
    def behind(self) -> int:
        """How many fewer are done than should be; negative when ahead."""
        return self.planned - self.done

    @property
    def ahead(self) -> int:
        return -self.behind

    @classmethod
    def of(cls, tasks: Iterable[Task], on: dt.date) -> Self:
        """Count tasks as they stand on a day; what is due that day counts as planned from the next."""
        tasks = list(tasks)
        return cls(
            done=sum(not task.is_open for task in tasks),
            total=len(tasks),
            planned=sum(task.due_on < on for task in tasks),
            late=[task for task in tasks if task.is_late_on(on)],
        )


def progress_of(staff: StaffMember, period: Period, on: dt.date | None = None) -> Progress:
    """Return one specialist's progress in a month, as of a day (default: today)."""
    return Progress.of(Task.objects.of_period(period).filter(staff=staff), on or today())


def routine_minutes(staff: StaffMember, period: Period) -> int:
    """Estimate the minutes of one specialist's routine in a month: each task done counts as its step usually takes.

    A task of one's own counts half an hour.
    """
    done = Task.objects.of_period(period).filter(staff=staff, category=Category.ROUTINE, state=Task.State.DONE)
    return done.aggregate(sum=Sum(Coalesce("step__minutes", OWN_TASK_MINUTES)))["sum"] or 0


def progress_by_client(tasks: Iterable[Task], on: dt.date) -> dict[int, Progress]:
    """Return the progress by client id."""
    groups = defaultdict(list)
    for task in tasks:
        groups[task.client_id].append(task)
    return {client: Progress.of(own, on) for client, own in groups.items()}


def tasks_of_month(staff: StaffMember, period: Period) -> list[Task]:
    """Return one specialist's tasks of a month with step and client, by due day."""
    tasks = Task.objects.of_period(period).filter(staff=staff)
    return list(tasks.select_related("client", "step").order_by("due_on", "client_id", "step__order", "number"))
