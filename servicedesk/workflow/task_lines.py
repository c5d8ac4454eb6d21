"""How a task is told on a page: its state in one word, what it waits for, until when, and where it is done."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agency.languages import by_language
from agency.navigation import url_of
from agency.shell.formats import clock, day_range, day_short, month, near_day
from clients.models import ClientEnterprise
from servicedesk.workflow.evidence import requirements_of
from servicedesk.workflow.plan_models import Task
from servicedesk.workflow.settling import blockers
from servicedesk.workflow.template_models import EvidenceKind

MONTH_LONG_DAYS = 14
# Where the fact happens that closes a task: the page's URL name.
DOORS: dict[str, str] = {
    EvidenceKind.ROSTER_IMPORTED: "workers:roster_new",
    EvidenceKind.PAYROLL_COMPUTED: "payroll:runs",
    EvidenceKind.PAYROLL_APPROVED: "payroll:runs",
    EvidenceKind.PAYROLL_PUBLISHED: "payroll:runs",
    EvidenceKind.WORK_REPORT: "servicedesk:forms",
    EvidenceKind.TALKS_WITH_WORKERS: "servicedesk:log_new",
    EvidenceKind.TALKS_WITH_CONTACTS: "servicedesk:log_new",
    EvidenceKind.DORMITORY_VISITS: "servicedesk:log_new",
}
STATE_ICONS = {"done": "ok", "skipped": "minus", "late": "late", "locked": "lock", "doing": "doing", "todo": "todo"}


@dataclass(frozen=True)
class TaskLine:
    """A task as it stands on a day; `waits_for` are the open tasks before it."""

    task: Task
    on: dt.date
    waits_for: list[Task] = field(default_factory=list)

    @cached_property
    def state(self) -> str:
        """done, skipped, late, locked (waits for others), doing (its days have begun) or todo."""
        if not self.task.is_open:
            return "done" if self.task.state == Task.State.DONE else "skipped"
        if self.task.is_late_on(self.on):
            return "late"
        if self.waits_for:
            return "locked"
        return "doing" if self.task.opens_on <= self.on else "todo"

    @property
    def icon(self) -> str:
        return STATE_ICONS[self.state]

    @property
    def tick_icon(self) -> str:
        """The circle before it on a list: empty as long as there is nothing to warn of."""
        return "todo" if self.state == "doing" else self.icon

    @property
    def span_state(self) -> str:
        """The look of its span in the month: done, late, doing, or dashed for what has not begun."""
        return {"skipped": "done", "locked": "todo"}.get(self.state, self.state)

    @property
    def short_client(self) -> str:
        """The client in two characters where it is written in Chinese."""
        name = self.task.client.short_name
        return name if name.isascii() else name[:2]

    @property
    def badge_state(self) -> str:
        return {"skipped": "off", "locked": "todo"}.get(self.state, self.state)

    @property
    def state_words(self) -> str:
        words = {
            "done": _("done"), "skipped": _("not needed"), "late": self.due, "locked": _("waiting"),
            "doing": _("in progress"), "todo": _("not yet"),
        }  # fmt: skip
        return words[self.state]

    @property
    def title(self) -> str:
        """The title, with the month it is about where that is another one."""
        if self.task.evidence_period == self.task.period:
            return self.task.label
        return _("%(month)s: %(title)s") % {"month": _month_name(self.task.evidence_period), "title": self.task.label}

    @property
    def meta(self) -> str:
        """The one thing worth saying: what it waits for, what is still missing, or when it was done."""
        if self.state == "done":
            done_at = self.task.done_at
            assert done_at is not None, "the table refuses a done task without its moment"
            return _("done %(day)s %(clock)s") % {"day": near_day(done_at, self.on), "clock": clock(done_at)}
        if self.state == "skipped":
            return self.task.evidence.get("skipped", "")
        if self.waits_for:
            return _("waits for: %(titles)s") % {"titles": "、".join(task.label for task in self.waits_for)}
        return self.missing or self.hint

    @property
    def missing(self) -> str:
        left = self.task.evidence_target - self.task.amount
        if self.task.evidence_target == 1 or left <= 0:
            return ""
        if self.task.evidence_kind == EvidenceKind.TALKS_WITH_WORKERS:
            return ngettext("%(left)d worker to go", "%(left)d workers to go", left) % {"left": left}
        return ngettext("%(left)d time to go", "%(left)d times to go", left) % {"left": left}

    @property
    def hint(self) -> str:
        step = self.task.step
        return "" if step is None else by_language(step.hint, step.hint_en)

    @property
    def due(self) -> str:
        """Until when: 晚 1 天, 今天, 明天, 10月26日; nothing for what is closed."""
        if not self.task.is_open:
            return ""
        late = (self.on - self.task.due_on).days
        if late > 0:
            return ngettext("%(n)d day late", "%(n)d days late", late) % {"n": late}
        return near_day(self.task.due_on, self.on) if late >= -1 else day_short(self.task.due_on)

    @property
    def due_state(self) -> str:
        if self.task.due_on < self.on:
            return "late"
        return "soon" if self.task.due_on == self.on else "off"

    @property
    def days(self) -> str:
        """The window: 5—15日."""
        return day_range(self.task.opens_on, self.task.due_on)

    @property
    def is_month_long(self) -> bool:
        """Whether it is a matter of the whole month rather than of days: shown as progress, not in the grid."""
        return (self.task.due_on - self.task.opens_on).days >= MONTH_LONG_DAYS

    @property
    def percent(self) -> int:
        return min(self.task.amount * 100 // self.task.evidence_target, 100)

    @property
    def url(self) -> str:
        return reverse("servicedesk:task", args=[self.task.pk])

    @property
    def tick_url(self) -> str:
        """Where a tap on the circle closes it: only what needs nothing but the specialist's word."""
        ready = self.task.is_by_hand and not self.task.needs_file and self.state not in ("done", "skipped", "locked")
        return reverse("servicedesk:task_close", args=[self.task.pk]) if ready else ""

    @property
    def tick_label(self) -> str:
        return _("Mark as done: %(task)s") % {"task": self.task.label}

    @property
    def door(self) -> str:
        """The page on which the fact happens that closes it, or nothing."""
        url = url_of(DOORS.get(self.task.evidence_kind, ""))
        return f"{url}?client={self.task.client_id}" if url else ""


def lines_of(tasks: Iterable[Task], on: dt.date) -> list[TaskLine]:
    """Tell tasks as they stand on a day, in one or two queries for what they wait for."""
    tasks = list(tasks)
    requires = requirements_of(tasks)
    around = _around(tasks) if requires else {}
    return [
        TaskLine(task, on, blockers(task, around.get((task.client_id, task.period), []), requires)) for task in tasks
    ]


def grouped(lines: Iterable[TaskLine]) -> list[tuple[ClientEnterprise, list[TaskLine]]]:
    """Group by client; the client with the earliest due task first."""
    groups: dict[ClientEnterprise, list[TaskLine]] = defaultdict(list)
    for line in lines:
        groups[line.task.client].append(line)
    return sorted(groups.items(), key=lambda group: min(line.task.due_on for line in group[1]))


def _around(tasks: list[Task]) -> Mapping[tuple[int, str], list[Task]]:
    """Return the open tasks of the same clients and months: a predecessor may be a colleague's after a hand-over."""
    rows = Task.objects.open().filter(client__in={t.client_id for t in tasks}, period__in={t.period for t in tasks})
    found = defaultdict(list)
    for task in rows:
        found[task.client_id, task.period].append(task)
    return found


def _month_name(period: str) -> str:
    return month(period).split("年")[-1]
