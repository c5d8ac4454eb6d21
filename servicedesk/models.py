"""Gathers the models of the app's rooms."""

from servicedesk.workflow.models import (
    MonthPlan,
    StepAdaptation,
    StepDependency,
    Task,
    TaskFile,
    WorkflowStep,
    WorkflowTemplate,
)

__all__ = [
    "MonthPlan",
    "StepAdaptation",
    "StepDependency",
    "Task",
    "TaskFile",
    "WorkflowStep",
    "WorkflowTemplate",
]
