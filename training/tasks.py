"""Gathers the background tasks of the app's rooms."""

from training.exams.tasks import close_all, close_due
from training.hiring.tasks import erase_all, erase_candidates

__all__ = ["close_all", "close_due", "erase_all", "erase_candidates"]
