"""Erase in time what is kept of candidates."""

from celery import shared_task

from agency.calendar import today
from agency.tenancy.context import each_agency
from agency.tenancy.tasks import send, tenant_task
from training.hiring.private import erase_due


@shared_task(name="training.hiring.erase_all")
def erase_all() -> None:
    """Have every agency erase what it may keep no longer."""
    for _agency in each_agency("erase candidates", by="hiring.erase_all"):
        send(erase_candidates)


@tenant_task(name="training.hiring.erase_candidates")
def erase_candidates() -> int:
    """Erase the private facts that are due; return how many. Safe to run again."""
    return erase_due(today())
