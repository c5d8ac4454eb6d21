"""Move a run from state to state by one conditional update: of two clicks at once, one wins."""

from typing import Any

from django.utils.translation import gettext as _

from payroll.refusals import Refused

from .models import PayrollRun
from .states import MOVES, State


class WrongState(Refused):
    """The run is not where this step begins: somebody else was faster, or the page was old."""


def move(run: PayrollRun, name: str, **values: Any) -> PayrollRun:
    """Make a move of the table and write `values` with it; the run is read anew.

    The row stays locked until the transaction ends. Raises `WrongState` when the run is in no state the move
    starts from; nothing is written then.
    """
    step = MOVES[name]
    rows = PayrollRun.objects.filter(pk=run.pk, state__in=step.sources)
    if not rows.update(state=step.target, **values):
        now = PayrollRun.objects.values_list("state", flat=True).get(pk=run.pk)
        raise WrongState(_("This run is now: %(state)s. Load the page again.") % {"state": State(now).label})
    run.refresh_from_db()
    return run
