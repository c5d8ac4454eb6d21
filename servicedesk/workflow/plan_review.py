"""What a reviewer needs to decide on plans: how many tasks, what is critical and when, what is not standard."""

from collections import defaultdict
from dataclasses import dataclass

from agency.models import StaffMember
from servicedesk.workflow.plan_models import MonthPlan, Task
from servicedesk.workflow.template_models import StepAdaptation


@dataclass(frozen=True)
class PlanToReview:
    """A plan with its tasks; `differences` are the client's departures from the standard procedure."""

    plan: MonthPlan
    tasks: list[Task]
    differences: list[StepAdaptation]

    @property
    def critical(self) -> list[Task]:
        return [task for task in self.tasks if task.critical]

    @property
    def own(self) -> list[Task]:
        """Tasks that the specialist added."""
        return [task for task in self.tasks if task.step_id is None]


def waiting_by_staff() -> list[tuple[StaffMember, list[PlanToReview]]]:
    """Return the plans handed in, by specialist, the longest waiting first, in three queries."""
    plans = list(MonthPlan.objects.awaiting_approval().select_related("staff", "client"))
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in Task.objects.filter(plan__in=plans).select_related("step").order_by("due_on", "pk"):
        tasks[task.plan_id].append(task)
    differences: dict[int, list[StepAdaptation]] = defaultdict(list)
    for row in StepAdaptation.objects.filter(client__in={plan.client_id for plan in plans}).select_related("step"):
        differences[row.client_id].append(row)
    groups: dict[StaffMember, list[PlanToReview]] = defaultdict(list)
    for plan in plans:
        groups[plan.staff].append(PlanToReview(plan, tasks[plan.pk], differences[plan.client_id]))
    return list(groups.items())
