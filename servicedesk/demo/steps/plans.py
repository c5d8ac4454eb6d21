"""The month's plans: made on the 25th before, handed in and approved on the first workday."""

from dataclasses import replace

from servicedesk.models import MonthPlan
from servicedesk.workflow import approving
from servicedesk.workflow.plans import generate_plans

from .base import Month, Tally


def make_plans(month: Month) -> Tally:
    """Make the plans of the month and of the next, whose payroll pays this month's work."""
    following = replace(month, period=month.period.next())
    made, known = _make(month), _make(following)
    return Tally(made.made + known.made, made.known + known.known, made.note)


def _make(month: Month) -> Tally:
    with month.on(month.period.first_day, hour=5, minute=30):
        before = MonthPlan.objects.of_period(month.period).count()
        plans = len(generate_plans(month.period))
    approved = sum(_approve(month, staff) for staff in month.specialists)
    return Tally(plans - before, before, f"{approved} approved")


def _approve(month: Month, staff) -> int:  # type: ignore[no-untyped-def]
    first = month.workday(1)
    with month.on(first, staff, hour=10):
        drafts = MonthPlan.objects.of_period(month.period).filter(staff=staff, state=MonthPlan.State.DRAFT)
        plans = approving.submit(staff, month.period) if drafts.exists() else []
    with month.on(first, month.reviewer, hour=16):
        for plan in plans:
            approving.approve(plan, month.reviewer)
    return len(plans)
