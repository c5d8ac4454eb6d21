"""Tasks done in time: routine only, since talks have lines of their own.

A task counts once it is done or its last day has passed; those not needed, and those a specialist gave themselves, do
not count: nobody scores by inventing tasks.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from agency.calendar.clock import time_zone
from servicedesk.models import Task
from servicedesk.scoring.measured import Evidence, Measured
from servicedesk.scoring.measures.registry import Subject, measure
from servicedesk.workflow.models import Category


@measure(
    "tasks_on_time",
    says=_("%(in_time)d of %(counted)d tasks were done in time, %(late)d were late."),
    absent=_("No task was due yet."),
    raises=_("%(missing)d more tasks in time"),
)
def tasks_on_time(subject: Subject) -> Measured | None:
    return _in_time(subject, routine_tasks(subject))


@measure(
    "critical_on_time",
    says=_("%(in_time)d of %(counted)d critical steps were done in time, %(late)d were late."),
    absent=_("No critical step was due yet."),
    raises=_("%(missing)d more critical steps in time"),
)
def critical_on_time(subject: Subject) -> Measured | None:
    return _in_time(subject, [task for task in routine_tasks(subject) if task.critical])


def routine_tasks(subject: Subject) -> list[Task]:
    """Return the month's routine tasks of the procedure, with client and step; always in the same order, since what is
    measured is compared with the sheet before.
    """
    tasks = Task.objects.of_period(subject.period).filter(staff=subject.staff, category=Category.ROUTINE)
    counted = tasks.exclude(step=None).exclude(state=Task.State.SKIPPED).select_related("client", "step")
    return list(counted.order_by("due_on", "pk"))


def split_late(subject: Subject, tasks: Iterable[Task]) -> tuple[list[Task], list[Task]]:
    """Return the tasks that count: done in time, and done late or still open after their last day."""
    zone = time_zone()
    in_time: list[Task] = []
    late: list[Task] = []
    for task in tasks:
        if task.done_at is None:
            if task.due_on < subject.today:
                late.append(task)
        else:
            assert task.done_at is not None, "the table refuses a done task without its moment"
            (in_time if task.done_at.astimezone(zone).date() <= task.due_on else late).append(task)
    return in_time, late


def task_evidence(task: Task, state: str = "late") -> Evidence:
    return Evidence(
        "servicedesk:task",
        {"pk": task.pk},
        label=f"{task.client.short_name} {task.title}",
        day=str(task.due_on),
        state=state,
    )


def _in_time(subject: Subject, tasks: Iterable[Task]) -> Measured | None:
    in_time, late = split_late(subject, tasks)
    counted = len(in_time) + len(late)
    if not counted:
        return None
    return Measured(
        numerator=len(in_time),
        denominator=counted,
        trials=counted,
        facts={"in_time": len(in_time), "counted": counted, "late": len(late)},
        evidence=[task_evidence(task) for task in late],
    )
