"""The states of a payroll run and the moves between them: one small table, which the database enforces too."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    COLLECTING = "collecting", _("Collecting")
    COMPUTED = "computed", _("Computed")
    CHECKED = "checked", _("Looked through")
    SUBMITTED = "submitted", _("With the reviewer")
    APPROVED = "approved", _("Approved")
    PAID = "paid", _("Paid")
    ARCHIVED = "archived", _("Archived")


@dataclass(frozen=True)
class Move:
    """One move: from which states, to which."""

    sources: tuple[State, ...]
    target: State


MOVES = {
    "compute": Move((State.COLLECTING, State.COMPUTED, State.CHECKED), State.COMPUTED),
    "reopen": Move((State.COMPUTED, State.CHECKED), State.COLLECTING),
    "check": Move((State.COMPUTED,), State.CHECKED),
    "uncheck": Move((State.CHECKED,), State.COMPUTED),
    "submit": Move((State.CHECKED,), State.SUBMITTED),
    "return": Move((State.SUBMITTED,), State.COMPUTED),
    "approve": Move((State.SUBMITTED,), State.APPROVED),
    "pay": Move((State.APPROVED,), State.PAID),
    "archive": Move((State.PAID,), State.ARCHIVED),
}

OPEN = (State.COLLECTING, State.COMPUTED, State.CHECKED)
# Approved figures are for good: the year's tax of later months stands on them.
FINAL = (State.APPROVED, State.PAID, State.ARCHIVED)
TRANSITIONS = sorted({(source.value, m.target.value) for m in MOVES.values() for source in m.sources})
