"""Which tasks are done follows from evidence and predecessors alone, whatever the order in which they came.

    done  ⇔  the evidence reaches the target  and  no task of a required step is open

A task that was set aside as not needed counts as closed for those that wait for it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from servicedesk.workflow.plan_models import Task


def settle(tasks: Sequence[Task], requires: Mapping[int, set[int]], now: dt.datetime) -> list[Task]:
    """Close and reopen tasks of one client and month until nothing changes; return those that changed.

    `requires` gives by step id the step ids it waits for. Dependencies have no circles, so this ends.
    """
    before = {id(task): task.state for task in tasks}
    moving = True
    while moving:
        waiting = open_steps(tasks)
        moving = False
        for task in tasks:
            due_state = _state(task, waiting, requires)
            if due_state != task.state:
                task.state, moving = due_state, True
                task.done_at = now if due_state == Task.State.DONE else None
    return [task for task in tasks if task.state != before[id(task)]]


def open_steps(tasks: Iterable[Task]) -> set[int | None]:
    """Return the ids of the steps with an open task."""
    return {task.step_id for task in tasks if task.is_open}


def blockers(task: Task, tasks: Iterable[Task], requires: Mapping[int, set[int]]) -> list[Task]:
    """Return the open tasks that a task waits for directly."""
    needed = _required(task, requires)
    return [other for other in tasks if other.is_open and other.step_id in needed]


def _required(task: Task, requires: Mapping[int, set[int]]) -> set[int]:
    """Return the ids of the steps before a task's; a task of the specialist's own has none."""
    return set() if task.step_id is None else requires.get(task.step_id, set())


def _state(task: Task, waiting: set[int | None], requires: Mapping[int, set[int]]) -> str:
    if task.state == Task.State.SKIPPED:
        return task.state
    free = _required(task, requires).isdisjoint(waiting)
    return Task.State.DONE if task.has_enough and free else Task.State.OPEN
