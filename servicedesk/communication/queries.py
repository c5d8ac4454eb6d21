"""Talks as lists show them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from agency.periods import Period, PeriodError
from agency.permissions import sees_whole_agency, visible
from clients.models import ClientEnterprise

from .answers import with_answer
from .models import CommunicationLog, LogPerson, LogTopic

if TYPE_CHECKING:
    from django.http import QueryDict

    from agency.staff.models import StaffMember

MINE, ALL = "mine", "all"
NUMBERS = ("worker__identity_number", "worker__phone", "contact__phone")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of talks is limited to; empty means everything the viewer may see."""

    whose: str
    client: str
    answer: str
    period: Period
    person: str = ""

    @classmethod
    def of(cls, params: "QueryDict", viewer: "StaffMember", now: Period) -> "Filters":
        """Read the filters of an address; what makes no sense is left out."""
        try:
            period = Period.parse(params.get("period", ""))
        except PeriodError:
            period = now
        whose = params.get("whose", "")
        return cls(
            whose=whose if whose in (MINE, ALL) else (ALL if sees_whole_agency(viewer) else MINE),
            client=params.get("client", "") if params.get("client", "").isdecimal() else "",
            answer=params.get("answer", ""),
            period=period,
            person=params.get("staff", "") if params.get("staff", "").isdecimal() else "",
        )


def with_details(logs: "QuerySet[CommunicationLog]") -> "QuerySet[CommunicationLog]":
    """Fetch with each talk what its row and its page show."""
    people = LogPerson.objects.select_related("worker", "contact", "confirmation").defer(*NUMBERS)
    topics = LogTopic.objects.select_related("topic")
    return (
        logs.select_related("staff", "client", "site")
        .defer("staff__phone")
        .prefetch_related(Prefetch("people", people), Prefetch("topic_rows", topics))
    )


def logs_for(viewer: "StaffMember", filters: Filters) -> "QuerySet[CommunicationLog]":
    """Return the talks of a month a viewer may see, filtered, newest first."""
    logs = visible(viewer, CommunicationLog).of_period(filters.period)  # type: ignore[attr-defined]
    if filters.whose == MINE:
        logs = logs.filter(staff=viewer)
    if filters.person:
        logs = logs.filter(staff=filters.person)
    if filters.client:
        logs = logs.filter(client=filters.client)
    return with_details(with_answer(logs, filters.answer, viewer))


def clients_to_choose(viewer: "StaffMember") -> "QuerySet[ClientEnterprise]":
    return visible(viewer, ClientEnterprise).order_by("name_pinyin", "pk")
