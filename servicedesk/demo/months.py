"""Take a folder of an agency's own files through a whole month: what `run_month` and `load_demo` do."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agency.calendar import today
from agency.periods import Period
from agency.tenancy.context import tenant
from agency.tenancy.models import Agency
from servicedesk.communication.record_columns import RECORDS

from .files import Found, workbooks
from .steps import (
    bureau,
    byhand,
    cases,
    checks,
    declarations,
    exams,
    hiring,
    payroll,
    plans,
    reports,
    roster,
    scores,
    settlement,
    talks,
    wages,
)  # fmt: skip
from .steps.base import Month, Tally


@dataclass(frozen=True)
class Step:
    """One row of the summary. `needs_talks`: the folder holds talks; `needs_end`: the month is over."""

    title: str
    take: Callable[[Month, list[Found]], Tally]
    needs_talks: bool = True
    needs_end: bool = False


def _plan(month: Month, files: list[Found]) -> Tally:
    """Make the plans, then announce the roster again: what came in before there was a plan could close no task."""
    tally = plans.make_plans(month)
    roster.import_rosters(month, files)
    return tally


STEPS = (
    Step("Roster", roster.import_rosters, needs_talks=False),
    Step("Month plans", _plan),
    Step("Talks", talks.import_talks),
    Step("Confirmations", lambda month, files: talks.answer_links(month)),
    Step("Own pay items", lambda month, files: wages.agree_on_items(month), needs_talks=False),
    Step("Tax declarations", lambda month, files: declarations.take_down(month), needs_talks=False),
    Step("Payroll", payroll.run_payrolls, needs_talks=False),
    Step("Bonus and back pay", lambda month, files: wages.pay_besides(month), needs_talks=False),
    Step("Payslips read", lambda month, files: wages.hear_workers(month), needs_talks=False),
    Step("Bureau's list", bureau.import_lists, needs_talks=False),
    Step("Settlement", lambda month, files: settlement.settle(month), needs_talks=False),
    Step("Tasks by hand", lambda month, files: byhand.close(month)),
    Step("Cases", lambda month, files: cases.take_cases(month)),
    Step("Training and exam", lambda month, files: exams.hold(month)),
    Step("Candidates", lambda month, files: hiring.rate_candidates(month)),
    Step("Work reports", lambda month, files: reports.hand_in_reports(month), needs_end=True),
    Step("Spot check", lambda month, files: checks.draw(month), needs_end=True),
    Step("Call-backs", lambda month, files: checks.call_back(month), needs_end=True),
    Step("Scores", lambda month, files: scores.score(month)),
)


def replay(agency: Agency, period: Period, folder: Path, say: Callable[[str], object]) -> list[tuple[str, Tally]]:
    """Take a month through every step and return what each did. Safe to repeat: a second run makes nothing.

    Raises `StepFailed` naming the file, the row and the reason where something cannot be taken in.
    """
    month, files = Month(agency, period, folder, say), workbooks(folder)
    whole = any(found.table is RECORDS for found in files)
    with tenant(agency):
        running = period.last_day >= today()
    done = []
    for step in STEPS:
        if (step.needs_talks and not whole) or (step.needs_end and running):
            continue
        say(f"{period} {step.title} …")
        done.append((step.title, step.take(month, files)))
    return done


def replay_all(agency: Agency, folders: dict[Period, Path], say: Callable[[str], object]) -> None:
    """Replay several months; all rosters and plans first, since a month's payroll is in the next one's plan."""
    months = {period: Month(agency, period, folder, say) for period, folder in sorted(folders.items())}
    files = {period: workbooks(month.folder) for period, month in months.items()}
    for period, month in months.items():
        roster.import_rosters(month, files[period])
    for period, month in months.items():
        if any(found.table is RECORDS for found in files[period]):
            plans.make_plans(month)
    for period, month in months.items():
        replay(agency, period, month.folder, say)


def table(done: list[tuple[str, Tally]]) -> str:
    """Return the summary for the terminal."""
    lines = [f"{'Step':<20}{'made':>8}{'there already':>16}  note"]
    lines += [f"{title:<20}{tally.made:>8}{tally.known:>16}  {tally.note}" for title, tally in done]
    return "\n".join(lines)
