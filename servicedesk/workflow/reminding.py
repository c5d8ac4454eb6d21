"""Tell people in time: specialists what is due, managers what is critical and late."""

import datetime as dt
from collections import Counter
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from agency.calendar import calendar_for
from agency.models import StaffMember
from agency.notifications.sending import notify, notify_all
from agency.permissions import Role
from agency.staff.absences import deputies_on
from servicedesk.workflow.plan_models import Task

ESCALATE_AFTER_WORKDAYS = 1


def remind(on: dt.date) -> int:
    """Leave today's reminders; on a day of rest none. Safe to run again. Return how many people were told."""
    calendar = calendar_for()
    if not calendar.is_workday(on):
        return 0
    told = _remind_specialists(on, calendar.add_workdays(on, 1))
    return told + _tell_managers(on, calendar.add_workdays(on, -ESCALATE_AFTER_WORKDAYS))


def _remind_specialists(on: dt.date, next_workday: dt.date) -> int:
    """One note a day and person: what is due before the next workday is over, and how much of it is late already.

    What is due of somebody who is away goes to whoever stands in.
    """
    waiting = Task.objects.open().filter(due_on__lte=next_workday, staff__is_active=True)
    due: Counter[int] = Counter()
    late: Counter[int] = Counter()
    people = {}
    deputies = deputies_on(on)
    for task in waiting.select_related("staff"):
        person = deputies.get(task.staff_id, task.staff)
        people[person.pk] = person
        due[person.pk] += 1
        late[person.pk] += task.due_on < on
    for pk, staff in people.items():
        title = partial(_due_words, due[pk], late[pk])
        notify(staff, "workflow.tasks.due", title, reverse("servicedesk:today"), key=f"tasks-{on}")
    return len(people)


def _tell_managers(on: dt.date, last_day: dt.date) -> int:
    """Each critical task is brought to the managers once, a workday after it should have been done."""
    managers = list(StaffMember.objects.holding(Role.MANAGER))
    deputies = deputies_on(on)
    late = list(Task.objects.late_on(last_day).filter(critical=True).select_related("staff", "client"))
    for task in late:
        url = reverse("servicedesk:task", args=[task.pk])
        notify_all(
            managers,
            "workflow.task.late",
            partial(_late_words, task, deputies.get(task.staff_id, task.staff)),
            url,
            key=f"task-{task.pk}-late",
        )
    return len(managers) if late else 0


def _due_words(due: int, late: int) -> str:
    if late:
        return _("%(due)d tasks are due by the next workday, %(late)d of them late") % {"due": due, "late": late}
    return _("%(due)d tasks are due by the next workday") % {"due": due}


def _late_words(task: Task, person: StaffMember) -> str:
    words = {"client": task.client.short_name, "task": task.label, "name": person.name}
    return _("%(client)s: “%(task)s” is late, %(name)s is on it") % words
