"""Gathers the models of the app's rooms."""

from servicedesk.communication.models import CommunicationLog, Confirmation, LogPerson, LogTopic, Topic
from servicedesk.scoring.models import Scorecard, ScorecardLine, ScoreLine, ScoreSheet
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
    "ScoreLine",
    "ScoreSheet",
    "Scorecard",
    "ScorecardLine",
    "StepAdaptation",
    "StepDependency",
    "Task",
    "TaskFile",
    "Topic",
    "WorkflowStep",
    "WorkflowTemplate",
]
