"""The runs of a month, with the clients that have none yet."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from agency.calendar import today
from agency.periods import Period, PeriodError
from agency.permissions import visible
from payroll.models import PayrollRun


@dataclass(frozen=True)
class RunList:
    """What the list page shows."""

    period: Period
    runs: list[PayrollRun]

    @property
    def net_fen(self) -> int:
        return sum(run.totals.get("net_fen", 0) for run in self.runs)


def runs_of(staff: Any, asked: str) -> RunList:
    """Return the runs a person may see of the month asked for, or of the latest month that has any."""
    rows = visible(staff, PayrollRun)
    try:
        period = Period.parse(asked)
    except PeriodError:
        latest = rows.aggregate(latest=Max("period"))["latest"]
        period = Period.parse(latest) if latest else Period.of(today()).previous()
    found = rows.of_period(period).select_related("client", "preparer", "approver")
    return RunList(period, list(found.order_by("client__name_pinyin", "kind")))
