"""Dates as the agency's people live them: its time zone, its workdays."""

from .clock import calendar_for, local_now, provisional_note, today

__all__ = ["calendar_for", "local_now", "provisional_note", "today"]
