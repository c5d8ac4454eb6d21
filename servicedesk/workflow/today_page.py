"""One specialist's day: how far the month is, what is due, what comes next."""

import datetime as dt
from dataclasses import dataclass

from agency.calendar import calendar_for
from agency.calendar.workdays import Day, WorkdayCalendar
from agency.models import StaffMember
from agency.periods import Period
from agency.shell.formats import local_date
from agency.staff.absence_models import StaffAbsence
from agency.staff.absences import absences_covered
from clients.models import ClientEnterprise
from servicedesk.workflow.plan_models import Task
from servicedesk.workflow.queries import Progress
from servicedesk.workflow.task_lines import TaskLine, grouped, lines_of

NEXT = 6


@dataclass(frozen=True)
class WorkdayCount:
    """Where a date lies among its month's workdays; `number` is 0 on a day of rest."""

    day: Day
    number: int
    left: int
    total: int

    @classmethod
    def of(cls, on: dt.date, calendar: WorkdayCalendar) -> "WorkdayCount":
        """Count up to the date and after it; the date itself is neither."""
        workdays = calendar.workdays_in(Period.of(on))
        passed = sum(day <= on for day in workdays)
        number = passed if calendar.is_workday(on) else 0
        return cls(calendar.day(on), number, len(workdays) - passed, len(workdays))


@dataclass(frozen=True)
class Today:
    """What the page shows. `groups` are due now, by client; `coming` begins or falls due later; `month_long` runs."""

    on: dt.date
    workdays: WorkdayCount
    progress: Progress
    groups: list[tuple[ClientEnterprise, list[TaskLine]]]
    coming: list[TaskLine]
    month_long: list[TaskLine]
    covers: list[StaffAbsence]

    @property
    def stood_in_for(self) -> set[int]:
        """The ids of those for whom one stands in."""
        return {absence.staff_id for absence in self.covers}

    @property
    def left(self) -> int:
        return sum(line.task.is_open for _client, lines in self.groups for line in lines)


def today_of(staff: StaffMember, on: dt.date) -> Today:
    """Return one specialist's day.

    Due now is what is late or due by the next workday and has begun, with what was done today; late tasks of earlier
    months are never lost. Standing in, one sees the tasks of whoever is away too; the progress stays one's own.
    """
    calendar = calendar_for()
    period = Period.of(on)
    covers = absences_covered(staff, on)
    people = [staff.pk, *(absence.staff_id for absence in covers)]
    tasks = Task.objects.filter(staff__in=people, period=str(period))
    tasks = tasks | Task.objects.late_on(on).filter(staff__in=people)
    tasks = tasks.select_related("client", "step", "staff").order_by("due_on", "client_id", "step__order", "number")
    lines = lines_of(tasks, on)
    mine = [line.task for line in lines if line.task.staff_id == staff.pk and line.task.period == str(period)]
    horizon = calendar.add_workdays(on, 1)
    now = [line for line in lines if _is_for_today(line, horizon)]
    later = [line for line in lines if line.task.is_open and line not in now]
    return Today(
        on=on,
        workdays=WorkdayCount.of(on, calendar),
        progress=Progress.of(mine, on),
        groups=[(client, sorted(own, key=lambda line: not line.task.is_open)) for client, own in grouped(now)],
        coming=[line for line in later if not line.is_month_long][:NEXT],
        month_long=[line for line in later if line.is_month_long],
        covers=covers,
    )


def hours_to_two_thirds(talk_minutes: int, routine_minutes: int) -> int:
    """Return how many hours of talks are missing until two thirds of the time are talks; 0 when they are."""
    return max(-(-(2 * routine_minutes - talk_minutes) // 60), 0)


def _is_for_today(line: TaskLine, horizon: dt.date) -> bool:
    task = line.task
    if task.is_open:
        return task.due_on <= horizon and task.opens_on <= line.on
    return task.done_at is not None and local_date(task.done_at) == line.on
