"""One task with what comes before and after it, its files and what is known of them."""

import datetime as dt
from dataclasses import dataclass

from servicedesk.workflow.attachments import used_before
from servicedesk.workflow.evidence import requirements_of
from servicedesk.workflow.plan_models import Task, TaskFile
from servicedesk.workflow.task_lines import TaskLine, lines_of


@dataclass(frozen=True)
class FileLine:
    """A file and, where the same content was put in before, that earlier file."""

    file: TaskFile
    earlier: TaskFile | None


@dataclass(frozen=True)
class TaskPage:
    line: TaskLine
    chain: list[TaskLine]
    files: list[FileLine]

    @property
    def next_title(self) -> str:
        """The first task that waits for this one."""
        return next((other.task.label for other in self.chain if self.line.task in other.waits_for), "")


def task_page(task: Task, on: dt.date) -> TaskPage:
    """Return a task as it stands on a day, with the chain of steps it belongs to in the order of the procedure."""
    month = Task.objects.filter(client=task.client_id, period=task.period)
    around = list(month.select_related("client", "step").order_by("due_on", "step__order", "number"))
    linked = linked_steps(task.step_id, requirements_of(around))
    lines = lines_of([other for other in around if other.step_id in linked or other.pk == task.pk], on)
    files = list(task.files.select_related("uploaded_by"))
    earlier = used_before(files) if files else {}
    return TaskPage(
        line=next(line for line in lines if line.task.pk == task.pk),
        chain=lines if len(lines) > 1 else [],
        files=[FileLine(file, earlier.get(file.pk)) for file in files],
    )


def linked_steps(step: int | None, requires: dict[int, set[int]]) -> set[int]:
    """Return the steps that a step waits for and those that wait for it, near and far."""
    if step is None:
        return set()
    after: dict[int, set[int]] = {}
    for later, befores in requires.items():
        for before in befores:
            after.setdefault(before, set()).add(later)
    found = {step}
    for direction in (requires, after):
        edge = {step}
        while edge:
            edge = {n for at in edge for n in direction.get(at, ())} - found
            found |= edge
    return found
