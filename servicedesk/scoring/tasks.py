"""Background work: every night the month that runs, from the 3rd to the 15th also the month before.

The month before is scored until the last reports and spot checks are in; without a change nothing is written.
"""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.models import StaffMember
from agency.periods import Period
from agency.progress.jobs import job
from agency.progress.reporting import JobFailed, Progress
from agency.tenancy.context import each_agency, tenant
from servicedesk.scoring.cards import CardError, card_for
from servicedesk.scoring.computing import compute_sheet, scored_staff


@job("scoring.period", title=_("Compute the scores"), permission="scoring.run")
def score_period(progress: Progress, *, period: str) -> dict[str, int]:
    """Score everybody who served a client in the month, one person a step. Safe to run again."""
    month = Period.parse(period)
    with tenant(progress.agency_id):
        try:
            card_for(month)
        except CardError as missing:
            raise JobFailed(str(missing)) from None
        people = [(staff.pk, staff.name) for staff in scored_staff(month)]
    progress.of(len(people))
    for pk, name in people:
        with progress.step(name):
            compute_sheet(StaffMember.objects.get(pk=pk), month)
    return {"sheets": len(people)}


@shared_task(name="servicedesk.scoring.score_this_month")
def score_this_month() -> None:
    """Have every agency score the month that runs."""
    for agency in each_agency("score the running month", by="scoring.score_this_month"):
        score_period.start(by=None, period=str(Period.of(today(agency))))


@shared_task(name="servicedesk.scoring.score_last_month")
def score_last_month() -> None:
    """Have every agency score the month before."""
    for agency in each_agency("score the month before", by="scoring.score_last_month"):
        score_period.start(by=None, period=str(Period.of(today(agency)).previous()))
