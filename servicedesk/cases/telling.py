"""Notifications about cases. They name client and category only: what was said stays encrypted in the case."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from agency.models import StaffMember
from agency.notifications.sending import notify_all

from .models import Case


def case_url(case: Case) -> str:
    return reverse("servicedesk:case", args=[case.pk])


def tell_new(case: Case) -> None:
    _tell(case, [case.assignee], "cases.opened", lambda: _("New case: %(what)s") % _what(case), "new")


def tell_handed_over(case: Case, entry: int) -> None:
    title = lambda: _("You take over a case: %(what)s") % _what(case)  # noqa: E731
    _tell(case, [case.assignee], "cases.handed_over", title, f"hand-over-{entry}")


def tell_asked_again(case: Case, entry: int) -> None:
    title = lambda: _("They write again: %(what)s") % _what(case)  # noqa: E731
    _tell(case, [case.assignee], "cases.asked_again", title, f"words-{entry}")


def tell_overdue(case: Case, people: Iterable[StaffMember | None]) -> None:
    title = lambda: _("No answer in time: %(what)s") % _what(case)  # noqa: E731
    _tell(case, people, "cases.overdue", title, f"overdue-{case.reopened}")


def _tell(case: Case, people: Iterable[StaffMember | None], kind: str, title, key: str) -> None:
    told = {person.pk: person for person in people if person is not None and person.is_active}
    notify_all(told.values(), kind, title, case_url(case), body=lambda: str(case.category), key=f"case-{case.pk}-{key}")


def _what(case: Case) -> dict[str, str]:
    what = _("%(client)s, %(category)s") % {"client": case.client.short_name, "category": case.category}
    return {"what": what}
