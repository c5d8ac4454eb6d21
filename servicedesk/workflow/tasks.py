"""Background work of the month: plans on the 25th, reminders each morning."""

from celery import shared_task

from agency.calendar import today
from agency.periods import Period
from agency.tenancy.context import each_agency
from agency.tenancy.tasks import send, tenant_task
from servicedesk.workflow.plans import generate_plans
from servicedesk.workflow.reminding import remind


@shared_task(name="servicedesk.workflow.plan_next_month")
def plan_next_month() -> None:
    """Have every agency plan its next month."""
    for agency in each_agency("plan the next month", by="workflow.plan_next_month"):
        send(plan_month, str(Period.of(today(agency)).next()))


@tenant_task(name="servicedesk.workflow.plan_month")
def plan_month(period: str) -> int:
    """Make the plans of one month; return how many there are. Safe to run again."""
    return len(generate_plans(Period.parse(period)))


@shared_task(name="servicedesk.workflow.remind_all")
def remind_all() -> None:
    """Have every agency remind its people."""
    for _agency in each_agency("remind of tasks", by="workflow.remind_all"):
        send(remind_today)


@tenant_task(name="servicedesk.workflow.remind_today")
def remind_today() -> int:
    """Leave the day's reminders; return how many people were told. Safe to run again."""
    return remind(today())
