"""Every night the month that runs, and until the 10th the month before, whose answers still come in."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.periods import Period
from agency.progress.jobs import job
from agency.progress.reporting import Progress
from agency.tenancy.context import each_agency

from .looking import look_through

LAST_MONTH_UNTIL = 10


@job("evidence.look", title=_("Look for signs"), permission="review.spot_check.draw")
def look_for_signs(progress: Progress, *, period: str) -> dict[str, int]:
    """Look through one month. Safe to run again."""
    return look_through(progress, Period.parse(period))


@shared_task(name="servicedesk.evidence.look_all")
def look_all() -> None:
    """Have every agency look through the month that runs and, early in it, the one before."""
    for agency in each_agency("look for signs", by="evidence.look_all"):
        on = today(agency)
        months = [Period.of(on)] if on.day > LAST_MONTH_UNTIL else [Period.of(on).previous(), Period.of(on)]
        for month in months:
            look_for_signs.start(by=None, period=str(month))
