"""By the clock: bring answers that are overdue before head office, close what was settled and stayed quiet."""

import datetime as dt

from django.db import transaction

from agency.audit import record

from .custody import custodians_of
from .models import Case, CaseEntry
from .moving import close
from .refusals import Refused
from .states import State
from .telling import tell_overdue


def escalate(now: dt.datetime) -> int:
    """Tell who is in charge and head office of every answer that is overdue, once; return how many. Safe to repeat."""
    late = Case.objects.waiting().overdue(now).filter(escalated_at=None)
    return sum(_escalate(case, now) for case in late.select_related("client", "category", "assignee", "about"))


def close_quiet(now: dt.datetime) -> int:
    """Close what was settled and not objected to for the days its category says; return how many. Safe to repeat."""
    settled = Case.objects.filter(state=State.RESOLVED)
    closed = 0
    for case in settled.select_related("category"):
        if case.resolved_at and case.resolved_at + dt.timedelta(days=case.category.quiet_days) <= now:
            closed += _close(case)
    return closed


@transaction.atomic
def _escalate(case: Case, now: dt.datetime) -> int:
    claimed = Case.objects.waiting().filter(pk=case.pk, escalated_at=None).update(escalated_at=now)
    if claimed:
        CaseEntry.objects.create(case=case, kind=CaseEntry.Kind.ESCALATED)
        tell_overdue(case, [case.assignee, *custodians_of(case)])
        record("cases.case.escalated", subject=case)
    return claimed


def _close(case: Case) -> int:
    try:
        close(case)
    except Refused:  # somebody objected in this moment
        return 0
    return 1
