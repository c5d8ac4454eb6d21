"""The states of a case and the moves between them: one small table, which the database enforces too."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    OPEN = "open", _("Waits for an answer")
    ANSWERED = "answered", _("Has an answer")
    RESOLVED = "resolved", _("Settled")
    CLOSED = "closed", _("Finished")
    REOPENED = "reopened", _("Asked again")


@dataclass(frozen=True)
class Move:
    """One move: from which states, to which."""

    sources: tuple[State, ...]
    target: State


MOVES = {
    "answer": Move((State.OPEN, State.REOPENED), State.ANSWERED),
    "resolve": Move((State.ANSWERED,), State.RESOLVED),
    "close": Move((State.RESOLVED,), State.CLOSED),
    "merge": Move((State.OPEN, State.REOPENED, State.ANSWERED), State.CLOSED),
    "reopen": Move((State.ANSWERED, State.RESOLVED, State.CLOSED), State.REOPENED),
}

# Somebody waits for our word.
WAITING = (State.OPEN, State.REOPENED)
# Something is still to be done.
UNFINISHED = (*WAITING, State.ANSWERED)
FINISHED = (State.RESOLVED, State.CLOSED)
TRANSITIONS = sorted({(source.value, move.target.value) for move in MOVES.values() for source in move.sources})


def allows(name: str, state: str) -> bool:
    """Tell whether a case in that state may make a move."""
    return state in MOVES[name].sources
