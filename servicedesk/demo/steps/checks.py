"""The month's spot check: drawn once, each drawn talk called back, what was found recorded."""

import datetime as dt

from servicedesk.models import SpotCheck, SpotCheckItem
from servicedesk.review.checks import draw_check, record_outcome

from .base import Month, StepFailed, Tally
from .talks import read_csv, talks_of

Outcome = SpotCheckItem.Outcome
FOUND = {"属实": Outcome.TRUE, "有出入": Outcome.PARTLY, "不属实": Outcome.FALSE, "联系不上": Outcome.UNREACHABLE}


def draw(month: Month) -> Tally:
    """Draw once for the month, by a seed made of the month and the agency, so that a replay draws the same."""
    with month.on(month.period.last_day, month.reviewer, hour=19):
        check = SpotCheck.objects.filter(period=str(month.period)).first()
        known = check.items.count() if check else 0
        if check is None:
            check = draw_check(month.period, month.reviewer, seed=f"{month.agency.slug}-{month.period}-4471")
        return Tally(check.items.count() - known, known, f"of {check.population} talks, seed {check.seed}")


def call_back(month: Month) -> Tally:
    """Record what 回访结果.csv says of each drawn talk."""
    path = month.file("回访结果.csv")
    if path is None:
        return Tally(note="no call-backs in the folder")
    made = faults = 0
    with month.on(month.period.next().first_day + dt.timedelta(days=1), month.reviewer, hour=11):
        waiting = {item.log_id: item for item in SpotCheckItem.objects.of_period(month.period).waiting()}
        known = SpotCheckItem.objects.of_period(month.period).count() - len(waiting)
        for row in read_csv(path) if waiting else ():
            talk = talks_of(row, row["身份证号"], row["联系人"])
            item = waiting.pop(talk.log_id, None) if talk else None
            if item:
                outcome = FOUND[row["结果"]]
                record_outcome(item, outcome, row["说明"], month.reviewer)
                made, faults = made + 1, faults + (outcome in SpotCheckItem.FAULTS)
        if waiting:
            raise StepFailed(f"{path.name}: {len(waiting)} drawn talks have no call-back in the file")
    return Tally(made, known, f"{faults} with faults")
