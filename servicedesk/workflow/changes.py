"""The changes of plans as they are kept and told."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.shell.formats import day_range
from servicedesk.workflow.change_models import PlanChange
from servicedesk.workflow.plan_models import MonthPlan, Task


def note_change(
    task: Task,
    kind: str,
    by: StaffMember,
    reason: str = "",
    before: Sequence[str] = (),
    after: Sequence[str] = (),
    state: str = PlanChange.State.MADE,
) -> PlanChange:
    """Keep a change beside its plan, with who and why."""
    change = PlanChange.objects.create(
        task=task,
        kind=kind,
        state=state,
        after_approval=task.plan.state == MonthPlan.State.APPROVED,
        before=list(before),
        after=list(after),
        reason=reason.strip(),
        by=by,
    )
    record(
        "workflow.change.asked" if state == PlanChange.State.ASKED else "workflow.change.made", subject=task, actor=by
    )
    return change


def changes_in(plans: Iterable[MonthPlan]) -> QuerySet[PlanChange]:
    """Return the changes of some plans with task, client and person, the newest first."""
    rows = PlanChange.objects.filter(task__plan__in=plans)
    return rows.select_related("task__client", "by", "decided_by").order_by("-made_at", "-pk")


def asked_for() -> QuerySet[PlanChange]:
    """Return what specialists ask head office to change in approved plans, the longest waiting first."""
    rows = PlanChange.objects.filter(state=PlanChange.State.ASKED)
    return rows.select_related("task__client", "by").order_by("made_at", "pk")


def days_words(change: PlanChange) -> str:
    """Write a move as 8—10日 → 12—13日; nothing for other changes."""
    if not change.after:
        return ""
    return _("%(before)s → %(after)s") % {"before": _range(change.before), "after": _range(change.after)}


def _range(days: Sequence[str]) -> str:
    return day_range(*map(dt.date.fromisoformat, days))
