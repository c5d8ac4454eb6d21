"""Payslips that were given an hour go out by the clock."""

from celery import shared_task

from agency.tenancy.context import each_agency
from agency.tenancy.tasks import send, tenant_task

from .publishing import publish_due


@shared_task(name="payroll.payslips.publish_all")
def publish_all() -> None:
    """Have every agency publish what is due."""
    for _agency in each_agency("publish payslips that are due", by="payroll.publish_all"):
        send(publish_those_due)


@tenant_task(name="payroll.payslips.publish_those_due")
def publish_those_due() -> int:
    """Publish the payslips whose hour has come; return how many runs. Safe to run again."""
    return publish_due()
