"""Whoever started a job sees it; head office sees all of them."""

from datetime import date
from typing import TYPE_CHECKING

from agency.permissions import scope_of

from .models import BackgroundJob, BackgroundJobQuerySet

if TYPE_CHECKING:
    from agency.staff.models import StaffMember


@scope_of(BackgroundJob)
def own_jobs(staff: "StaffMember", jobs: BackgroundJobQuerySet, on: date) -> BackgroundJobQuerySet:
    """Limit jobs to those the person started."""
    return jobs.filter(started_by=staff)
