"""Fit a month's plan to the client: move a task within its limit, leave it out, and keep what came after approval."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.calendar import calendar_for
from agency.calendar.workdays import WorkdayCalendar
from agency.models import StaffMember
from agency.periods import Period
from agency.permissions import can
from agency.shell.formats import day_short
from servicedesk.workflow.change_models import PlanChange
from servicedesk.workflow.changes import note_change
from servicedesk.workflow.closing import TaskError, skip
from servicedesk.workflow.plan_models import MonthPlan, Task

Kind, State = PlanChange.Kind, PlanChange.State


def move(task: Task, by: StaffMember, opens_on: dt.date, due_on: dt.date, reason: str) -> PlanChange:
    """Give a task other days, both inclusive; return the change, which is only asked for in an approved plan.

    Raises `TaskError` without a reason, for days outside the month or the step's limit, for a last day on which
    nobody works, and while the plan is with head office.
    """
    task = _for_change(task, by, reason)
    before = _days(task)
    if opens_on > due_on:
        raise TaskError(_("The task is due before it starts. Swap the two days."))
    if due_on not in Period.parse(task.period):
        raise TaskError(_("The last day lies in another month. Choose one in this month."))
    calendar = calendar_for()
    if not calendar.is_workday(due_on):
        raise TaskError(_("Nobody works on %(day)s. Choose a workday.") % {"day": day_short(due_on)})
    _within_limit(task, by, due_on, calendar)
    change = note_change(task, Kind.MOVED, by, reason, before, [str(opens_on), str(due_on)], state=_state(task, by))
    if change.state == State.MADE:
        _apply(change)
    return change


def leave_out(task: Task, by: StaffMember, reason: str) -> PlanChange:
    """Leave a task out with a reason, or ask for it in an approved plan. Raises `TaskError` as `move` does."""
    task = _for_change(task, by, reason)
    if _state(task, by) == State.ASKED:
        return note_change(task, Kind.LEFT_OUT, by, reason, state=State.ASKED)
    skip(task, by, reason)
    return task.changes.latest("pk")


def decide(change: PlanChange, by: StaffMember, agree: bool) -> PlanChange:
    """Agree to a change that was asked for, or decline it. Raises `TaskError` when it is decided, or one's own."""
    change = PlanChange.objects.select_for_update(of=("self",)).select_related("task").get(pk=change.pk)
    if change.state != State.ASKED:
        raise TaskError(_("This change is decided already."))
    if change.by_id == by.pk:
        raise TaskError(_("Somebody else has to agree to what you asked for."))
    change.state = State.MADE if agree else State.DECLINED
    change.decided_by, change.decided_at = by, timezone.now()
    change.save(update_fields=["state", "decided_by", "decided_at"])
    if agree and change.kind == Kind.MOVED:
        _apply(change)
    elif agree:
        skip(change.task, by, change.reason, noted=True)
    record("workflow.change.agreed" if agree else "workflow.change.declined", subject=change.task, actor=by)
    return change


def out_of_order(task: Task, due_on: dt.date) -> str:
    """Say which step the day does not fit to: one it waits for is due later, or one that waits for it earlier."""
    if task.step_id is None:
        return ""
    around = Task.objects.open().filter(client=task.client_id, period=task.period).select_related("step")
    before = around.filter(step__successors__step=task.step_id, due_on__gt=due_on)
    if first := before.order_by("-due_on", "pk").first():
        words = {"task": task.label, "other": first.label, "day": day_short(first.due_on)}
        return _("“%(task)s” waits for “%(other)s”, which is due on %(day)s. Move that too.") % words
    after = around.filter(step__dependencies__requires=task.step_id, due_on__lt=due_on)
    if last := after.order_by("due_on", "pk").first():
        words = {"task": task.label, "other": last.label, "day": day_short(last.due_on)}
        return _("“%(other)s” waits for “%(task)s” and is due on %(day)s. Move that too.") % words
    return ""


def _for_change(task: Task, by: StaffMember, reason: str) -> Task:
    task = Task.objects.select_for_update(of=("self",)).select_related("plan", "step").get(pk=task.pk)
    if not reason.strip():
        raise TaskError(_("Say why “%(task)s” is different this month.") % {"task": task.label})
    if not task.is_open:
        raise TaskError(_("“%(task)s” is not open any more.") % {"task": task.label})
    if task.changes.filter(state=State.ASKED).exists():
        raise TaskError(_("A change of “%(task)s” waits for head office already.") % {"task": task.label})
    if task.plan.state == MonthPlan.State.SUBMITTED and not can(by, "workflow.plan.approve"):
        raise TaskError(_("The plan is with head office. Wait until it is approved or comes back."))
    return task


def _state(task: Task, by: StaffMember) -> str:
    waits = task.plan.state == MonthPlan.State.APPROVED and not can(by, "workflow.plan.approve")
    return State.ASKED if waits else State.MADE


def _within_limit(task: Task, by: StaffMember, due_on: dt.date, calendar: WorkdayCalendar) -> None:
    """Count from the day the standard procedure set, however often the task was moved since."""
    if task.step is None or can(by, "workflow.plan.approve"):
        return
    first = task.changes.filter(kind=Kind.MOVED, state=State.MADE).order_by("pk").first()
    standard = dt.date.fromisoformat(first.before[1]) if first else task.due_on
    earliest = calendar.add_workdays(standard, -task.step.shift_limit) if task.step.shift_limit else standard
    latest = calendar.add_workdays(standard, task.step.shift_limit) if task.step.shift_limit else standard
    if not earliest <= due_on <= latest:
        words = {"task": task.label, "from": day_short(earliest), "to": day_short(latest)}
        raise TaskError(_("“%(task)s” may be due from %(from)s to %(to)s. Ask head office for more.") % words)


def _apply(change: PlanChange) -> None:
    opens_on, due_on = map(dt.date.fromisoformat, change.after)
    Task.objects.filter(pk=change.task_id).update(opens_on=opens_on, due_on=due_on, moved=True)


def _days(task: Task) -> list[str]:
    return [str(task.opens_on), str(task.due_on)]
