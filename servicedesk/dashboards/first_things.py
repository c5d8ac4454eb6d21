"""What a manager does first: the latest critical tasks, then who talks too little, each with the next step."""

from dataclasses import dataclass
from fractions import Fraction

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from servicedesk.dashboards.figures import Month, Person
from servicedesk.models import Task

SHOWN = 5
TIMES_BEHIND = 2


@dataclass(frozen=True)
class FirstThing:
    """A sentence, why, and a page to go to."""

    title: str
    why: str
    url: str
    action: str
    weight: tuple[int, int]


def first_things(month: Month, limit: int = SHOWN) -> tuple[list[FirstThing], int]:
    """Return the most pressing things, and how many there are in all; critical and late ones come first."""
    found = [thing for person in month.people.values() for thing in _late(month, person)]
    found += [thing for person in month.people.values() if (thing := _too_few_talks(month, person))]
    found.sort(key=lambda thing: thing.weight, reverse=True)
    return found[:limit], len(found)


def _late(month: Month, person: Person) -> list[FirstThing]:
    """Name each client's latest task once, with how many wait behind it."""
    worst: dict[int, list[Task]] = {}
    for task in person.tasks:
        if month.days_late(task):
            worst.setdefault(task.client_id, []).append(task)
    things = []
    for tasks in worst.values():
        task = max(tasks, key=lambda late: (late.critical, month.days_late(late)))
        days = month.days_late(task)
        title = _("%(name)s: %(task)s %(days)d days late") % {"name": person.name, "task": task.label, "days": days}
        others = len(tasks) - 1
        why = task.client.short_name
        if others:
            why = _("%(client)s, and %(others)d more late there") % {"client": why, "others": others}
        url = _page("servicedesk:task", pk=task.pk)
        things.append(FirstThing(title, why, url, _("See the task"), (2 + task.critical, days)))
    return things


def _too_few_talks(month: Month, person: Person) -> FirstThing | None:
    """Somebody who by the date should have talked with twice as many."""
    asked = int(len(person.there) * month.targets.get("workers_talked", Fraction(0)) * month.gone)
    met = len(person.met & person.there)
    if asked < TIMES_BEHIND or met * TIMES_BEHIND >= asked:
        return None
    title = _("%(name)s: talked with %(met)d of %(there)d workers") % {
        "name": person.name, "met": met, "there": len(person.there),
    }  # fmt: skip
    why = _("By the date it should be %(asked)d.") % {"asked": asked}
    url = _page("servicedesk:logs")
    query = f"?staff={person.pk}&period={month.period}"
    return FirstThing(title, why, url and url + query, _("See the talks"), (1, asked - met))


def _page(name: str, **kwargs: int) -> str:
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
