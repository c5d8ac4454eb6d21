"""One month of the whole agency, read once: tasks, talks, checks, scores. Everything the page shows comes from here."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Sum

from agency.calendar import today
from agency.calendar.clock import time_zone
from agency.models import Agency, StaffMember
from agency.periods import Period
from clients.models import Assignment, ClientEnterprise
from servicedesk.models import (
    CommunicationLog,
    Confirmation,
    LogPerson,
    Scorecard,
    ScorecardLine,
    ScoreLine,
    ScoreSheet,
    SpotCheckItem,
    Task,
    WorkflowStep,
)
from servicedesk.scoring.computing import pace
from servicedesk.workflow.models import Category
from servicedesk.workflow.queries import OWN_TASK_MINUTES
from workers.models import Placement

MONTHS_OF_TREND = 6


@dataclass
class Person:
    """A specialist's month in numbers; minutes of routine are estimates of the tasks done."""

    pk: int
    name: str
    tasks: list[Task] = field(default_factory=list)
    talks: int = 0
    minutes: int = 0
    confirmed: int = 0
    there: set[int] = field(default_factory=set)
    met: set[int] = field(default_factory=set)

    @property
    def routine_minutes(self) -> int:
        done = [task for task in self.tasks if task.category == Category.ROUTINE and task.state == Task.State.DONE]
        return sum(task.step.minutes if task.step else OWN_TASK_MINUTES for task in done)

    @property
    def talk_percent(self) -> int | None:
        """The share of talks in whole per cent; None while there is nothing to compare."""
        total = self.minutes + self.routine_minutes
        return (200 * self.minutes + total) // (2 * total) if total else None


class Month:
    """Read lazily: each part is one query, asked when the page needs it.

    The agency is handed in because the page knows it already, and does not have to ask for it again.
    """

    def __init__(self, period: Period, agency: Agency) -> None:
        self.period = period
        self.agency = agency
        self.today = today(agency)
        self.on = min(period.last_day, self.today)

    @cached_property
    def people(self) -> dict[int, Person]:
        """Who served a client in the month, by name, with all their numbers."""
        assignments = Assignment.objects.valid_in(self.period).select_related("staff")
        served = list(assignments.order_by("staff__name_pinyin", "staff_id"))
        people = {row.staff_id: Person(row.staff_id, row.staff.name) for row in served}
        self.clients_served = len({row.client_id for row in served})
        self._add_tasks(people)
        self._add_talks(people)
        self._add_reach(people, served)
        return people

    def _add_tasks(self, people: dict[int, Person]) -> None:
        """Read thousands of tasks once; their few steps and clients are read apart and hung in."""
        tasks = list(Task.objects.of_period(self.period).exclude(state=Task.State.SKIPPED).order_by("due_on", "pk"))
        steps = WorkflowStep.objects.in_bulk({task.step_id for task in tasks if task.step_id})
        clients = ClientEnterprise.objects.in_bulk({task.client_id for task in tasks})
        left = StaffMember.objects.in_bulk({task.staff_id for task in tasks} - set(people))
        people.update({pk: Person(pk, staff.name) for pk, staff in left.items()})
        for task in tasks:
            task.client, task.step = clients[task.client_id], steps.get(task.step_id)
            people[task.staff_id].tasks.append(task)

    def _add_talks(self, people: dict[int, Person]) -> None:
        confirmed = Exists(Confirmation.objects.filter(log=OuterRef("pk")).full())
        logs = CommunicationLog.objects.of_period(self.period).order_by().values("staff")
        sums = logs.annotate(talks=Count("pk"), sum=Sum("minutes"), confirmed=Count("pk", filter=confirmed))
        for staff, talks, minutes, count in sums.values_list("staff", "talks", "sum", "confirmed"):
            if staff in people:
                person = people[staff]
                person.talks, person.minutes, person.confirmed = talks, minutes, count

    def _add_reach(self, people: dict[int, Person], served: Iterable[Assignment]) -> None:
        at_client: dict[int, set[int]] = defaultdict(set)
        for client, worker in Placement.objects.valid_on(self.on).values_list("client", "worker"):
            at_client[client].add(worker)
        for row in served:
            if row.is_valid_on(self.on):
                people[row.staff_id].there |= at_client[row.client_id]
        logs = CommunicationLog.objects.of_period(self.period).values("pk")
        talked = LogPerson.objects.filter(log__in=logs).exclude(worker=None)
        for staff, worker in talked.values_list("log__staff", "worker").distinct():
            if staff in people:
                people[staff].met.add(worker)

    @cached_property
    def workers(self) -> int:
        return len(set().union(*(person.there for person in self.people.values())))

    @cached_property
    def checks(self) -> tuple[int, int]:
        """How many of the month's checked talks were true, and how many were checked."""
        found = SpotCheckItem.objects.answered().of_period(self.period)
        outcomes = list(found.values_list("outcome", flat=True))
        return sum(outcome == SpotCheckItem.Outcome.TRUE for outcome in outcomes), len(outcomes)

    @cached_property
    def sheets(self) -> dict[Period, dict[int, ScoreSheet]]:
        """The sheets that count, by month and staff id: this month and the six before it."""
        first = self.period - MONTHS_OF_TREND
        rows = ScoreSheet.objects.latest().filter(period__range=(str(first), str(self.period)), max_tenths__gt=0)
        found: dict[Period, dict[int, ScoreSheet]] = {}
        for sheet in rows.defer("inputs").select_related("staff").order_by("period", "total_tenths"):
            found.setdefault(Period.parse(sheet.period), {})[sheet.staff_id] = sheet
        return found

    @cached_property
    def scored(self) -> Period | None:
        """The last month that is over and scored: what the page ranks by."""
        over = [month for month in self.sheets if month.last_day < self.today]
        return max(over, default=None)

    @cached_property
    def gone(self) -> Fraction:
        """How much of the month's workdays has come."""
        return Fraction(*pace(self.period, self.today, self.agency))

    @cached_property
    def targets(self) -> dict[str, Fraction]:
        """The targets of the scorecard that holds in the month, by measure."""
        card = Scorecard.objects.valid_on(self.period.first_day).values("pk")[:1]
        lines = ScorecardLine.objects.filter(card__in=card).exclude(target="")
        return {measure: Fraction(target) for measure, target in lines.values_list("measure", "target")}

    @cached_property
    def before(self) -> dict[str, tuple[int, int]]:
        """What last month's sheets measured over all people, by measure: numerator and denominator."""
        lines = ScoreLine.objects.filter(
            sheet__is_latest=True, sheet__period=str(self.period.previous()), used=True, denominator__gt=0
        )
        sums = lines.order_by().values("measure").annotate(part=Sum("numerator"), whole=Sum("denominator"))
        return {row["measure"]: (row["part"], row["whole"]) for row in sums}

    def done_in_time(self, task: Task) -> bool:
        return task.done_at is not None and task.done_at.astimezone(self._zone).date() <= task.due_on

    def days_late(self, task: Task) -> int:
        """How many days an open task is past its last day; 0 when it is not."""
        return max(0, (self.today - task.due_on).days) if task.is_open else 0

    @cached_property
    def _zone(self) -> dt.tzinfo:
        return time_zone(self.agency)
