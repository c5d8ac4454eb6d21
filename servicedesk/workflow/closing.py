"""What a person does to a task: close it with a note or a file, take that back, or set it aside."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.periods import Period
from clients.models import ClientEnterprise
from servicedesk.workflow.attachments import keep_file
from servicedesk.workflow.change_models import PlanChange
from servicedesk.workflow.changes import note_change
from servicedesk.workflow.evidence import lock_month, settle_and_save
from servicedesk.workflow.plan_models import MonthPlan, Task
from servicedesk.workflow.template_models import Category, EvidenceKind

BY_HAND = "hand"


class TaskError(ValueError):
    """A task that cannot be closed or changed this way; says what to do instead."""


def close_by_hand(task: Task, by: StaffMember, note: str = "", upload: UploadedFile | None = None) -> Task:
    """Close a task by a person's word or file; it stays open while predecessors are.

    Raises `TaskError` when another room's fact closes it, when its file is missing or is of a wrong kind.
    """
    task, month = _locked(task)
    if not task.is_by_hand:
        raise TaskError(_("“%(task)s” closes by itself as soon as it is done in the system.") % {"task": task.label})
    if task.state == Task.State.SKIPPED:
        raise TaskError(_("“%(task)s” was set aside. Ask head office to take it up again.") % {"task": task.label})
    if upload is not None:
        keep_file(task, by, upload)
    files = [f"file:{sha[:16]}" for sha in task.files.values_list("sha256", flat=True)]
    if task.needs_file and not files:
        raise TaskError(_("Put in the file first, then “%(task)s” is done.") % {"task": task.label})
    task.evidence = {"refs": files or [BY_HAND], "note": note.strip(), "measured": task.evidence_target}
    task.done_by = by
    settle_and_save(month, [task])
    record("workflow.task.closed", subject=task, done=not task.is_open, note=bool(note.strip()), files=len(files))
    return task


def reopen(task: Task, by: StaffMember) -> Task:
    """Take back what a person said; files stay. Raises `TaskError` for a task that a fact closed."""
    task, month = _locked(task)
    if not task.is_by_hand or task.state == Task.State.SKIPPED:
        raise TaskError(_("“%(task)s” was not closed by hand.") % {"task": task.label})
    task.evidence, task.done_by = {}, None
    settle_and_save(month, [task])
    record("workflow.task.reopened", subject=task, actor=by)
    return task


def skip(task: Task, by: StaffMember, reason: str, *, noted: bool = False) -> Task:
    """Set a task aside as not needed this month, with a reason that stays; `noted`: the change is kept already.

    Raises `TaskError` without a reason.
    """
    if not reason.strip():
        raise TaskError(_("Say why “%(task)s” is not needed.") % {"task": task.label})
    task, month = _locked(task)
    if not task.is_open:
        raise TaskError(_("“%(task)s” is not open any more.") % {"task": task.label})
    task.state, task.evidence = Task.State.SKIPPED, {**task.evidence, "skipped": reason.strip()}
    settle_and_save(month, [task])
    if not noted:
        note_change(task, PlanChange.Kind.LEFT_OUT, by, reason)
    record("workflow.task.skipped", subject=task, actor=by, reason=reason.strip())
    return task


def take_up(task: Task, by: StaffMember) -> Task:
    """Take a task up again that was set aside. Raises `TaskError` for any other."""
    task, month = _locked(task)
    if task.state != Task.State.SKIPPED:
        raise TaskError(_("“%(task)s” was not set aside.") % {"task": task.label})
    task.state = Task.State.OPEN
    task.evidence = {key: value for key, value in task.evidence.items() if key != "skipped"}
    settle_and_save(month, [task])
    note_change(task, PlanChange.Kind.TAKEN_UP, by)
    record("workflow.task.taken_up", subject=task, actor=by)
    return task


def add_task(
    staff: StaffMember,
    client: ClientEnterprise,
    *,
    title: str,
    opens_on: dt.date,
    due_on: dt.date,
    category: str = Category.ROUTINE,
    with_file: bool = False,
) -> Task:
    """Add a task of one's own to the plan of the month in which it is due.

    Raises `TaskError` when there is no plan of that month for this client, or the days are the wrong way round.
    """
    period = Period.of(due_on)
    plan = MonthPlan.objects.of_period(period).filter(staff=staff, client=client).first()
    if plan is None:
        raise TaskError(_("%(client)s has no plan for that month yet. Make it first.") % {"client": client.short_name})
    if opens_on > due_on:
        raise TaskError(_("The task is due before it starts. Swap the two days."))
    task = Task.objects.create(
        plan=plan,
        staff=staff,
        client=client,
        period=str(period),
        title=title,
        category=category,
        opens_on=opens_on,
        due_on=due_on,
        evidence_kind=EvidenceKind.FILE if with_file else EvidenceKind.NONE,
        evidence_period=str(period),
    )
    note_change(task, PlanChange.Kind.ADDED, staff)
    record("workflow.task.added", subject=task, actor=staff)
    return task


def _locked(task: Task) -> tuple[Task, list[Task]]:
    month = lock_month(task.client_id, [task.period])
    return next(other for other in month if other.pk == task.pk), month
