"""Gathers the models of the app's rooms."""

from servicedesk.communication.models import CommunicationLog, Confirmation, LogPerson, LogTopic, Topic
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
    "CommunicationLog",
    "Confirmation",
    "LogPerson",
    "LogTopic",
    "MonthPlan",
    "StepAdaptation",
    "StepDependency",
    "Task",
    "TaskFile",
    "Topic",
    "WorkflowStep",
    "WorkflowTemplate",
]
