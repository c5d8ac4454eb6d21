"""Background work of cases: answers that are overdue, settled cases that stayed quiet."""

from celery import shared_task
from django.utils import timezone

from agency.tenancy.context import each_agency
from agency.tenancy.tasks import send, tenant_task

from .escalating import close_quiet, escalate


@shared_task(name="servicedesk.cases.look_after_all")
def look_after_all() -> None:
    """Have every agency look after its cases."""
    for _agency in each_agency("escalate overdue cases", by="cases.look_after_all"):
        send(look_after)


@tenant_task(name="servicedesk.cases.look_after")
def look_after() -> int:
    """Escalate overdue answers and close what stayed quiet; return how many cases changed. Safe to run again."""
    now = timezone.now()
    return escalate(now) + close_quiet(now)
