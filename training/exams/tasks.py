"""Close what the clock has ended, also when nobody looks."""

from celery import shared_task

from agency.tenancy.context import each_agency
from agency.tenancy.tasks import send, tenant_task
from training.exams.closing import close_overdue


@shared_task(name="training.exams.close_all")
def close_all() -> None:
    """Have every agency close its overdue attempts."""
    for _agency in each_agency("close overdue exams", by="exams.close_all"):
        send(close_due)


@tenant_task(name="training.exams.close_due")
def close_due() -> int:
    """Close the agency's overdue attempts; return how many. Safe to run again."""
    return close_overdue()
