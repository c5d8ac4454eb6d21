"""The row of figures on top: each with its target and how it moved on the month before."""

from dataclasses import dataclass
from fractions import Fraction

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from servicedesk.dashboards.figures import Month
from servicedesk.scoring.shrinking import permille
from servicedesk.scoring.wording import percent
from servicedesk.workflow.models import Category

# A share drawn towards the team, and one that grows with the month, do not compare with last month's end.
NOT_COMPARED = ("spot_truth", "workers_talked")


@dataclass(frozen=True)
class Kpi:
    """A figure as `components/kpi.html` shows it."""

    label: str
    value: str
    note: str
    delta: str = ""
    delta_state: str = ""
    delta_icon: str = ""
    url: str = ""


def kpis(month: Month) -> list[Kpi]:
    """Return the five figures; one without data says so instead of 0 %."""
    people = list(month.people.values())
    routine = [task for person in people for task in person.tasks if task.step_id and task.category == Category.ROUTINE]
    due = [task for task in routine if not task.is_open or task.due_on < month.today]
    in_time = sum(month.done_in_time(task) for task in due)
    talks = sum(person.talks for person in people)
    talk, work = sum(person.minutes for person in people), sum(person.routine_minutes for person in people)
    met, there = sum(len(person.met & person.there) for person in people), sum(len(person.there) for person in people)
    true, checked = month.checks
    talk_pages, check_pages = (_page(name, month) for name in ("servicedesk:logs", "servicedesk:spot_checks"))
    confirmed = sum(person.confirmed for person in people)
    return [
        _kpi(month, _("Tasks in time"), in_time, len(due), "tasks_on_time"),
        _kpi(month, _("Workers talked with"), met, there, "workers_talked", talk_pages),
        _kpi(month, _("Time for talks"), talk, talk + work, "talk_share"),
        _kpi(month, _("Confirmed by the other side"), confirmed, talks, "confirmed_share", talk_pages),
        _kpi(month, _("True when checked"), true, checked, "spot_truth", check_pages),
    ]


def _kpi(month: Month, label: str, part: int, whole: int, measure: str, url: str = "") -> Kpi:
    note = _note(month, measure)
    if not whole:
        return Kpi(label, "—", note, url=url)
    share = Fraction(part, whole)
    if measure not in month.before or measure in NOT_COMPARED:
        return Kpi(label, percent(share), note, url=url)
    change = permille(share) - permille(Fraction(*month.before[measure]))
    state, arrow = ("bad", "arrow-down") if change < 0 else ("ok", "arrow-up")
    return Kpi(label, percent(share), note, f"{abs(change) // 10}.{abs(change) % 10}", state, arrow, url)


def _note(month: Month, measure: str) -> str:
    """Name the target; for what grows with the month, the part of it that belongs to the days gone by."""
    target = month.targets.get(measure)
    if target is None:
        return ""
    if measure == "workers_talked" and month.gone < 1:
        return _("by now %(target)s") % {"target": percent(target * month.gone)}
    return _("target %(target)s") % {"target": percent(target)}


def _page(name: str, month: Month) -> str:
    try:
        return f"{reverse(name)}?period={month.period}"
    except NoReverseMatch:
        return ""
