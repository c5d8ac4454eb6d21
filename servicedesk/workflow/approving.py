"""A plan is handed in by its specialist and approved or returned by head office."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.periods import Period
from servicedesk.workflow.plan_models import MonthPlan

State = MonthPlan.State


class PlanError(ValueError):
    """A plan that is not in the state for this; says what to do."""


def submit(staff: StaffMember, period: Period) -> list[MonthPlan]:
    """Hand in all drafts of one's month; return them. Raises `PlanError` when there is none."""
    plans = list(_locked(MonthPlan.objects.of_period(period).filter(staff=staff, state=State.DRAFT)))
    if not plans:
        raise PlanError(_("There is no draft of this month to hand in."))
    for plan in plans:
        plan.state, plan.submitted_at, plan.remark = State.SUBMITTED, timezone.now(), ""
        plan.save()
        record("workflow.plan.submitted", subject=plan, actor=staff)
    return plans


def approve(plan: MonthPlan, by: StaffMember) -> MonthPlan:
    """Make the plan the standard of the month. Raises `PlanError` unless it is handed in by somebody else."""
    plan = _handed_in(plan, by)
    return _decide(plan, by, State.APPROVED, "workflow.plan.approved", "")


def return_plan(plan: MonthPlan, by: StaffMember, reason: str) -> MonthPlan:
    """Give the plan back with a reason; it is a draft again. Raises `PlanError` without a reason."""
    if not reason.strip():
        raise PlanError(_("Say what is to be changed, in one sentence."))
    plan = _handed_in(plan, by)
    return _decide(plan, by, State.DRAFT, "workflow.plan.returned", reason.strip())


def _handed_in(plan: MonthPlan, by: StaffMember) -> MonthPlan:
    plan = _locked(MonthPlan.objects.filter(pk=plan.pk))[0]
    if plan.state != State.SUBMITTED:
        raise PlanError(_("This plan is not waiting for a decision any more."))
    if plan.staff_id == by.pk:
        raise PlanError(_("Somebody else has to approve your own plan."))
    return plan


def _decide(plan: MonthPlan, by: StaffMember, state: str, event: str, remark: str) -> MonthPlan:
    plan.state, plan.decided_at, plan.decided_by, plan.remark = state, timezone.now(), by, remark
    plan.save()
    record(event, subject=plan, actor=by, **({"reason": remark} if remark else {}))
    return plan


def _locked(plans: QuerySet[MonthPlan]) -> QuerySet[MonthPlan]:
    return plans.select_related("client").select_for_update(of=("self",)).order_by("pk")
