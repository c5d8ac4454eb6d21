"""Gathers the models of the app's rooms."""

from servicedesk.cases.models import CannedAnswer, Case, CaseCategory, CaseEntry, CaseLink
from servicedesk.communication.models import CommunicationLog, Confirmation, LogPerson, LogTopic, Topic
from servicedesk.evidence.models import EvidenceLimits, EvidenceSignal, TextPieces
from servicedesk.forms.models import FormSubmission, FormTemplate
from servicedesk.review.models import SpotCheck, SpotCheckItem, SpotCheckPolicy
from servicedesk.scoring.models import Scorecard, ScorecardLine, ScoreLine, ScoreSheet
from servicedesk.workflow.models import (
    CalendarLink,
    MonthPlan,
    PlanChange,
    StepAdaptation,
    StepDependency,
    Task,
    TaskFile,
    WorkflowStep,
    WorkflowTemplate,
)

__all__ = [
    "CalendarLink",
    "CannedAnswer",
    "Case",
    "CaseCategory",
    "CaseEntry",
    "CaseLink",
    "CommunicationLog",
    "Confirmation",
    "EvidenceLimits",
    "EvidenceSignal",
    "FormSubmission",
    "FormTemplate",
    "LogPerson",
    "LogTopic",
    "MonthPlan",
    "PlanChange",
    "ScoreLine",
    "ScoreSheet",
    "Scorecard",
    "ScorecardLine",
    "SpotCheck",
    "SpotCheckItem",
    "SpotCheckPolicy",
    "StepAdaptation",
    "StepDependency",
    "Task",
    "TaskFile",
    "TextPieces",
    "Topic",
    "WorkflowStep",
    "WorkflowTemplate",
]
