"""The steps of a run as its page shows them: what is done, what is next, and when."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agency.shell.formats import day_short
from payroll.models import PayrollRun

from .states import State

# How many steps lie behind a run in each state: collect, import, compute, check, review, pay, archive.
DONE = {State.COMPUTED: 3, State.CHECKED: 4, State.SUBMITTED: 4, State.APPROVED: 5, State.PAID: 6, State.ARCHIVED: 7}


@dataclass(frozen=True)
class Step:
    """One step for `components/stepper.html`."""

    label: str
    note: str
    done: bool
    current: bool
    url: str = ""


def steps_of(run: PayrollRun, unseen: int) -> list[Step]:
    """Return the seven steps; `unseen` is how many rows still have to be looked at."""
    labels: list[tuple[str, Any, str]] = [
        (_("Collect attendance"), run.created_at, ""),
        (_("Import"), run.imported_at, reverse("payroll:run_import", args=[run.pk]) if run.is_open else ""),
        (_("Compute"), _("version %(n)d") % {"n": run.version} if run.version else "", ""),
        (_("Self-check"), _check_note(run, unseen), ""),
        (_("Payroll review"), run.approved_at or (run.approver_id is None and _("by a colleague")), ""),
        (_("Pay out"), run.paid_at or run.pay_date, ""),
        (_("File away"), run.archived_at or "", ""),
    ]
    done = DONE.get(State(run.state), 2 if run.imported_at else 0)
    current = 1 if done == 0 else done
    return [
        Step(label, _said(note), place < done, place == current, url) for place, (label, note, url) in enumerate(labels)
    ]


def _check_note(run: PayrollRun, unseen: int) -> str:
    if run.state == State.CHECKED:
        return day_short(run.checked_at) if run.checked_at else ""
    if run.state != State.COMPUTED:
        return ""
    return _("%(n)d left") % {"n": unseen} if unseen else _("all looked at")


def _said(note: Any) -> str:
    return note if isinstance(note, str) else day_short(note) if note else ""
