import datetime as dt

import pytest
import time_machine

from agency.periods import Period
from servicedesk.models import MonthPlan, Task
from servicedesk.scoring.computing import compute_sheet
from servicedesk.workflow.plans import generate_plans

OCTOBER = Period(2026, 10)


def moment(month: int, day: int, hour: int = 12) -> dt.datetime:
    """A moment by Shanghai's clocks in 2026."""
    return dt.datetime(2026, month, day, hour, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture
def clock():
    """Return a function that moves the clock to a day; starts on 3 November, when October is scored."""
    with time_machine.travel(moment(11, 3), tick=False) as traveller:
        yield lambda month, day: traveller.move_to(moment(month, day))


@pytest.fixture
def october(ours, clock):
    """Our agency after October: planned, nothing done yet."""
    generate_plans(OCTOBER)
    return ours


@pytest.fixture
def sheet(october):
    """Return a function that scores our specialist's October."""
    return lambda staff=None: compute_sheet(staff or october.specialist, OCTOBER)


OCTOBER_FIRST = moment(10, 1)


def finish(company, keys, when=OCTOBER_FIRST):
    """Mark the specialist's tasks of these steps as done at a moment."""
    tasks = Task.objects.filter(staff=company.specialist, period="2026-10", step__key__in=keys)
    return tasks.update(state=Task.State.DONE, done_at=when)


def hand_in_plans(company, when):
    MonthPlan.objects.filter(staff=company.specialist).update(state=MonthPlan.State.SUBMITTED, submitted_at=when)
