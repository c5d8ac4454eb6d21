"""The standard procedure of the month, and what it becomes for each specialist and client."""

from servicedesk.workflow.change_models import PlanChange
from servicedesk.workflow.feed_models import CalendarLink
from servicedesk.workflow.plan_models import MonthPlan, Task, TaskFile
from servicedesk.workflow.template_models import (
    Category,
    StepAdaptation,
    StepDependency,
    WorkflowStep,
    WorkflowTemplate,
)

__all__ = [
    "CalendarLink",
    "Category",
    "MonthPlan",
    "PlanChange",
    "StepAdaptation",
    "StepDependency",
    "Task",
    "TaskFile",
    "WorkflowStep",
    "WorkflowTemplate",
]
