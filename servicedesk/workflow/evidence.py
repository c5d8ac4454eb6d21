"""Facts close tasks: other rooms offer what happened, and take it back when it did not."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.utils import timezone

from agency.calendar import today
from agency.models import StaffMember
from agency.periods import Period
from clients.models import ClientEnterprise
from servicedesk.workflow.plan_models import Task
from servicedesk.workflow.settling import settle
from servicedesk.workflow.template_models import StepDependency


def offer(
    kind: str,
    *,
    client: ClientEnterprise,
    period: Period | str,
    staff: StaffMember | None = None,
    ref: str = "",
    count: int | None = None,
    on: dt.date | None = None,
) -> list[Task]:
    """Offer a fact to the open tasks of a client that wait for it; return the tasks that closed.

    `period` is the month the fact is about. `ref` names the fact ("run:12"), the same one offered twice counts once.
    Without `count` each ref counts one; `count` is the whole amount reached so far (so many different workers talked
    with this month) and replaces the last one. `staff` limits it to that person's tasks. Of a step with several
    tasks, one a week, the one whose days hold `on` (default: today) takes it. A task whose predecessors are open keeps
    the evidence and closes after them.
    """
    day = on or today()

    def add(tasks: list[Task]) -> Iterable[Task]:
        return [taker for taker in _takers(tasks, ref, day) if _keep(taker, ref, count)]

    return _change(kind, client, period, staff, add)


def withdraw(
    kind: str,
    *,
    client: ClientEnterprise,
    period: Period | str,
    ref: str,
    staff: StaffMember | None = None,
    count: int | None = None,
) -> list[Task]:
    """Take a fact back; return the tasks that opened again, with those that had waited for them.

    `count` is the whole amount that is left, for tasks measured by an amount.
    """

    def take(tasks: list[Task]) -> Iterable[Task]:
        return [task for task in tasks if _forget(task, ref, count)]

    return _change(kind, client, period, staff, take)


def lock_month(client_id: int, periods: Iterable[str]) -> list[Task]:
    """Lock and return a client's tasks of the months, in the order in which everyone locks them."""
    tasks = Task.objects.filter(client=client_id, period__in=set(periods))
    return list(tasks.select_for_update(of=("self",)).order_by("pk"))


def requirements_of(tasks: Iterable[Task]) -> dict[int, set[int]]:
    """Return by step id the step ids it waits for, for the steps of some tasks."""
    requires: dict[int, set[int]] = defaultdict(set)
    rows = StepDependency.objects.filter(step__in={task.step_id for task in tasks if task.step_id})
    for step, required in rows.values_list("step", "requires"):
        requires[step].add(required)
    return requires


def settle_and_save(tasks: list[Task], touched: Iterable[Task]) -> list[Task]:
    """Save what changed in a client's locked tasks and return those that closed or opened."""
    requires, now = requirements_of(tasks), timezone.now()
    months = defaultdict(list)
    for task in tasks:
        months[task.period].append(task)
    changed = [task for month in months.values() for task in settle(month, requires, now)]
    rows = {task.pk: task for task in (*touched, *changed)}
    Task.objects.bulk_update(rows.values(), ["state", "done_at", "done_by", "evidence"])
    return changed


def _change(
    kind: str,
    client: ClientEnterprise,
    period: Period | str,
    staff: StaffMember | None,
    change: Callable[[list[Task]], Iterable[Task]],
) -> list[Task]:
    waiting = Task.objects.filter(client=client, evidence_kind=kind, evidence_period=str(period))
    months = set(waiting.values_list("period", flat=True))
    if not months:
        return []
    tasks = lock_month(client.pk, months)
    matching = [
        task
        for task in tasks
        if task.evidence_kind == kind
        and task.evidence_period == str(period)
        and task.state != Task.State.SKIPPED
        and (staff is None or task.staff_id == staff.pk)
    ]
    return settle_and_save(tasks, change(matching))


def _takers(tasks: list[Task], ref: str, day: dt.date) -> list[Task]:
    """Choose the task that takes a fact, for each person and step."""
    groups: dict[tuple[int, int | None], list[Task]] = defaultdict(list)
    for task in tasks:
        groups[task.staff_id, task.step_id].append(task)
    return [_taker(group, ref, day) for group in groups.values()]


def _taker(group: list[Task], ref: str, day: dt.date) -> Task:
    known = [task for task in group if ref and ref in task.evidence.get("refs", [])]
    if known:
        return known[0]
    # Its own week first, then the latest week that still waits, then the last one.
    return min(
        group,
        key=lambda t: (not t.opens_on <= day <= t.due_on, not (t.opens_on <= day and t.is_open), -t.due_on.toordinal()),
    )


def _keep(task: Task, ref: str, count: int | None) -> bool:
    refs = list(task.evidence.get("refs", []))
    kept = {**task.evidence, "refs": refs if not ref or ref in refs else [*refs, ref]}
    if count is not None:
        kept["measured"] = count
    changed = kept != task.evidence
    task.evidence = kept
    return changed


def _forget(task: Task, ref: str, count: int | None) -> bool:
    refs = task.evidence.get("refs", [])
    if ref not in refs and count is None:
        return False
    left = {**task.evidence, "refs": [other for other in refs if other != ref]}
    if count is not None:
        left["measured"] = count
    elif left.get("measured"):
        left["measured"] -= 1
    task.evidence = left
    return True
