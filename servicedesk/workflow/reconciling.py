"""Bring one client's month in line with what is wanted of it, without touching what is done."""

from collections.abc import Iterable, Sequence

from agency.periods import Period
from clients.models import ClientEnterprise
from servicedesk.workflow.drafting import Wanted
from servicedesk.workflow.plan_models import MonthPlan, Task
from servicedesk.workflow.template_models import Category, WorkflowTemplate

DATED = ["opens_on", "due_on", "evidence_target", "provisional"]


def reconcile(
    client: ClientEnterprise, period: Period, template: WorkflowTemplate, served_by: set[int], wanted: Sequence[Wanted]
) -> int:
    """Create, move, clip and drop tasks of a client's month; return how many changed.

    A month that was planned by another version of the procedure stays with it.
    """
    if MonthPlan.objects.filter(client=client, period=str(period)).exclude(template=template).exists():
        return 0
    plans = _plans(client, period, template, served_by | {want.staff_id for want in wanted})
    tasks = {
        (task.staff_id, task.step_id, task.number): task
        for task in Task.objects.filter(client=client, period=str(period), step__template=template)
        .select_related("plan")
        .select_for_update(of=("self",))
        .order_by("pk")
    }
    orphans = {key: tasks.pop(key) for key in tasks.keys() - {want.key for want in wanted}}
    fresh, moved, dated = [], [], []
    for want in wanted:
        plan = plans[want.staff_id]
        if task := tasks.get(want.key):
            if _may_change(task) and _date(task, want):
                dated.append(task)
        elif heir := _handed_over(orphans, want):
            heir.plan, heir.staff_id = plan, want.staff_id
            moved.append(heir)
        elif not _done_by_another(orphans, want):
            fresh.append(_task(plan, want))
    Task.objects.bulk_create(fresh, batch_size=500)
    Task.objects.bulk_update(moved, ["plan", "staff"])
    Task.objects.bulk_update(dated, DATED)
    dropped = _drop(orphans.values())
    _drop_empty(plans, served_by)
    return len(fresh) + len(moved) + len(dated) + dropped


def _plans(
    client: ClientEnterprise, period: Period, template: WorkflowTemplate, staff_ids: Iterable[int]
) -> dict[int, MonthPlan]:
    plans = {plan.staff_id: plan for plan in MonthPlan.objects.filter(client=client, period=str(period))}
    missing = [
        MonthPlan(staff_id=pk, client=client, period=str(period), template=template)
        for pk in sorted(set(staff_ids) - plans.keys())
    ]
    for plan in MonthPlan.objects.bulk_create(missing):
        plans[plan.staff_id] = plan
    return plans


def _may_change(task: Task) -> bool:
    """An approved plan is the standard of the month: only a hand-over clips its talks."""
    return (
        task.is_open and not task.moved and (task.plan.state == MonthPlan.State.DRAFT or task.category == Category.TALK)
    )


def _date(task: Task, want: Wanted) -> bool:
    before = [getattr(task, name) for name in DATED]
    task.opens_on, task.due_on, task.provisional = want.window.opens_on, want.window.due_on, want.window.provisional
    task.evidence_target = want.target
    return before != [getattr(task, name) for name in DATED]


def _handed_over(orphans: dict[tuple[int, int | None, int], Task], want: Wanted) -> Task | None:
    """Find the same routine, still open, with whoever had it before, and take it out of the orphans."""
    if want.step.category == Category.TALK:
        return None
    for key, task in orphans.items():
        if key[1:] == want.key[1:] and task.is_open:
            return orphans.pop(key)
    return None


def _done_by_another(orphans: dict[tuple[int, int | None, int], Task], want: Wanted) -> bool:
    return want.step.category == Category.ROUTINE and any(key[1:] == want.key[1:] for key in orphans)


def _task(plan: MonthPlan, want: Wanted) -> Task:
    step = want.step
    return Task(
        plan=plan,
        step=step,
        number=want.number,
        staff_id=want.staff_id,
        client_id=plan.client_id,
        period=plan.period,
        title=step.title,
        title_en=step.title_en,
        category=step.category,
        critical=step.critical,
        opens_on=want.window.opens_on,
        due_on=want.window.due_on,
        provisional=want.window.provisional,
        evidence_kind=step.evidence_kind,
        evidence_period=str(Period.parse(plan.period) + step.about_months),
        evidence_target=want.target,
    )


def _drop(orphans: Iterable[Task]) -> int:
    """Forget open tasks that nobody is asked for any more, unless something was done for them."""
    idle = [task.pk for task in orphans if task.is_open and not task.evidence]
    return Task.objects.filter(pk__in=idle).delete()[0]


def _drop_empty(plans: dict[int, MonthPlan], served_by: set[int]) -> None:
    stale = [plan.pk for staff_id, plan in plans.items() if staff_id not in served_by]
    if stale:
        MonthPlan.objects.filter(pk__in=stale, tasks=None).delete()
