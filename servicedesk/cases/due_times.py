"""When a case is due: its category's hours on the agency's workdays."""

import datetime as dt
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from agency.calendar import calendar_for
from agency.calendar.clock import time_zone

from .category_models import CaseCategory
from .deadlines import due_after


@dataclass(frozen=True, slots=True)
class DueTimes:
    """By when a case wants its first answer and its settlement."""

    answer: datetime
    resolution: datetime


def due_times(category: CaseCategory, received: datetime, happened_on: dt.date | None = None) -> DueTimes:
    """Return both deadlines of a case received at a moment.

    An injury's settlement counts from the day of the accident: the 30 days of the application do (Work Injury
    Insurance Regulations art. 17). It is never due before the first answer.
    """
    zone = time_zone()
    start = timezone.localtime(received, zone)
    service = category.service(calendar_for())
    answer = due_after(start, category.answer_hours, service)
    if happened_on and category.kind == CaseCategory.Kind.INJURY:
        start = datetime.combine(happened_on, dt.time(), zone)
    return DueTimes(answer, max(answer, due_after(start, category.resolution_hours, service)))
