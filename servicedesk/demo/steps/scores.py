"""The month's score sheets, computed when its last form is in."""

import datetime as dt

from servicedesk.models import ScoreSheet
from servicedesk.scoring.computing import compute_sheet, scored_staff

from .base import Month, Tally


def score(month: Month) -> Tally:
    with month.on(month.period.next().first_day + dt.timedelta(days=2), hour=6):
        before = ScoreSheet.objects.filter(period=str(month.period)).count()
        staff = scored_staff(month.period)
        for person in staff:
            compute_sheet(person, month.period)
        after = ScoreSheet.objects.filter(period=str(month.period)).count()
    return Tally(after - before, before, f"{len(staff)} specialists")
