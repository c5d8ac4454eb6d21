"""The standard procedure of the month, and what it becomes for each specialist and client."""

from servicedesk.workflow.plan_models import MonthPlan, Task, TaskFile
from servicedesk.workflow.template_models import (
    Category,
    StepAdaptation,
    StepDependency,
    WorkflowStep,
    WorkflowTemplate,
)

__all__ = [
    "Category",
    "MonthPlan",
    "StepAdaptation",
    "StepDependency",
    "Task",
    "TaskFile",
    "WorkflowStep",
    "WorkflowTemplate",
]
