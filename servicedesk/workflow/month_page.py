"""One specialist's month: the grid, the progress of each client, the talks, and how the plans stand."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from agency.calendar import calendar_for, provisional_note
from agency.languages import in_chinese
from agency.models import StaffMember
from agency.periods import Period
from agency.shell.formats import WEEKDAYS_EN, WEEKDAYS_ZH
from clients.models import ClientEnterprise
from servicedesk.workflow.month_grid import Week, weeks_of
from servicedesk.workflow.plan_models import MonthPlan
from servicedesk.workflow.queries import Progress, progress_by_client, tasks_of_month
from servicedesk.workflow.task_lines import TaskLine, grouped, lines_of
from servicedesk.workflow.today_page import WorkdayCount

State = MonthPlan.State


@dataclass(frozen=True)
class ClientProgress:
    client: ClientEnterprise
    progress: Progress
    shown: bool


@dataclass(frozen=True)
class Month:
    """What the page shows; `hidden` clients count in the progress but not in the grid."""

    staff: StaffMember
    period: Period
    on: dt.date
    workdays: WorkdayCount
    plans: list[MonthPlan]
    progress: Progress
    clients: list[ClientProgress]
    weeks: list[Week]
    groups: list[tuple[ClientEnterprise, list[TaskLine]]]
    month_long: list[TaskLine]
    provisional: str

    @property
    def drafts(self) -> list[MonthPlan]:
        return [plan for plan in self.plans if plan.state == State.DRAFT]

    @property
    def returned(self) -> list[MonthPlan]:
        return [plan for plan in self.drafts if plan.remark]

    @property
    def state(self) -> str:
        """The least advanced of the month's plans; nothing without plans."""
        order: list[str] = [State.DRAFT, State.SUBMITTED, State.APPROVED]
        return min((plan.state for plan in self.plans), key=order.index, default="")

    @property
    def is_current(self) -> bool:
        return self.on in self.period

    @property
    def first_to_do(self) -> TaskLine | None:
        """The task that asks for attention first: late and critical, then what runs now."""
        lines = [line for _client, own in self.groups for line in own if line.task.is_open]
        rank = {"late": 0, "doing": 1, "todo": 2, "locked": 3}
        return min(lines, key=lambda line: (rank[line.state], not line.task.critical, line.task.due_on), default=None)


def weekday_names() -> list[str]:
    """Return the heads of the grid, from Monday: 周一 … 周日."""
    if in_chinese():
        return [f"周{name}" for name in WEEKDAYS_ZH]
    return list(WEEKDAYS_EN)


def month_of(staff: StaffMember, period: Period, on: dt.date, hidden: Collection[int] = ()) -> Month:
    """Return one specialist's month as it stands on a day, without the tasks of hidden clients (ids)."""
    calendar = calendar_for()
    tasks = tasks_of_month(staff, period)
    plans = MonthPlan.objects.of_period(period).filter(staff=staff).select_related("client")
    plans = list(plans.order_by("client__name_pinyin", "pk"))
    progress = progress_by_client(tasks, on)
    lines = lines_of((task for task in tasks if task.client_id not in hidden), on)
    return Month(
        staff=staff,
        period=period,
        on=on,
        workdays=WorkdayCount.of(min(max(on, period.first_day), period.last_day), calendar),
        plans=plans,
        progress=Progress.of(tasks, on),
        clients=[
            ClientProgress(plan.client, progress.get(plan.client_id, Progress()), plan.client_id not in hidden)
            for plan in plans
        ],
        weeks=weeks_of(period, [line for line in lines if not line.is_month_long], calendar),
        groups=grouped(lines),
        month_long=[line for line in lines if line.is_month_long],
        provisional=provisional_note(period),
    )
