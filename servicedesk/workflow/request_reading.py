"""What a request asks for: the month, the person, the clients that are switched off."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from agency.calendar import today
from agency.models import StaffMember
from agency.periods import Period, PeriodError
from agency.permissions import sees_whole_agency
from agency.permissions.requests import StaffRequest
from agency.staff.absences import stood_in_for
from servicedesk.workflow.month_page import Month
from servicedesk.workflow.plan_models import MonthPlan


def asked_period(request: HttpRequest) -> Period:
    """Return the month of `?month=2026-10`; the current one when there is none or it cannot be read."""
    text = request.GET.get("month") or request.POST.get("month") or ""
    try:
        return Period.parse(text)
    except PeriodError:
        return Period.of(today())


def asked_ids(request: HttpRequest, name: str) -> set[int]:
    """Return the numbers of a repeated parameter; what is no number is left out."""
    return {int(value) for value in request.GET.getlist(name) if value.isascii() and value.isdigit()}


def planned_staff(period: Period) -> list[StaffMember]:
    """Return everybody with a plan in a month, by name."""
    planned = MonthPlan.objects.of_period(period).values("staff")
    return list(StaffMember.objects.filter(pk__in=planned).order_by("name_pinyin", "pk"))


def asked_staff(request: StaffRequest, period: Period) -> StaffMember:
    """Return whose month is shown: one's own, or `?staff=` for head office, else the first who has a plan.

    Whoever stands in for somebody today may look at theirs too.
    """
    person = request.user
    asked = asked_ids(request, "staff")
    if not sees_whole_agency(person):
        others = stood_in_for(person, today())
        return StaffMember.objects.filter(pk__in=others).filter(pk__in=asked).first() or person
    if asked:
        return get_object_or_404(StaffMember, pk=min(asked))
    people = planned_staff(period)
    return person if not people or person in people else people[0]


def client_toggles(request: HttpRequest, month: Month) -> list[dict[str, Any]]:
    """Return for each client whether its tasks show, and the address that turns that round."""
    hidden = asked_ids(request, "off")
    toggles = []
    for item in month.clients:
        query = request.GET.copy()
        query.setlist("off", [str(pk) for pk in sorted(hidden ^ {item.client.pk})])
        toggles.append({"client": item.client, "shown": item.shown, "url": f"?{query.urlencode()}"})
    return toggles
