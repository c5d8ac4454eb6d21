"""Gathers the background tasks of the app's rooms."""

from servicedesk.cases.tasks import look_after, look_after_all
from servicedesk.evidence.tasks import look_all, look_for_signs
from servicedesk.scoring.tasks import score_last_month, score_period, score_this_month
from servicedesk.workflow.tasks import plan_month, plan_next_month, remind_all, remind_today

__all__ = [
    "look_after",
    "look_after_all",
    "look_all",
    "look_for_signs",
    "plan_month",
    "plan_next_month",
    "remind_all",
    "remind_today",
    "score_last_month",
    "score_period",
    "score_this_month",
]
