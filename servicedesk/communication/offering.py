"""Hand the month's talks to the workflow as evidence: it closes tasks by facts, not by ticks."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from agency.periods import Period
from clients.models import ClientEnterprise
from servicedesk.workflow import evidence

from .coverage import dormitory_visits, is_dormitory_visit, met_in
from .models import CommunicationLog

if TYPE_CHECKING:
    from agency.staff.models import StaffMember


def offer_evidence(log: CommunicationLog) -> None:
    """Offer what the specialist has reached at this client in the month of the talk.

    Workers and contacts are offered as the whole number met so far; a dormitory visit as a fact of its day, because
    its tasks are weekly, and two talks on one round are one visit.
    """
    _offer_people(log.staff, log.client, Period.of(log.day))
    _offer_visit(log)


def offer_month(reached: Iterable[tuple["StaffMember", ClientEnterprise, dt.date]]) -> None:
    """Offer what many talks at once have reached: each person, client and month once, and every dormitory visit."""
    for staff, client, period in {(staff, client, Period.of(day)) for staff, client, day in reached}:
        _offer_people(staff, client, period)
        for log in dormitory_visits(staff, period, client).select_related("staff", "client"):
            _offer_visit(log)


def _offer_people(staff: "StaffMember", client: ClientEnterprise, period: Period) -> None:
    met = met_in(staff, period, client)
    for kind in ("workers", "contacts"):
        if met[kind]:
            evidence.offer(f"communication.{kind}", client=client, period=period, staff=staff, count=met[kind])


def _offer_visit(log: CommunicationLog) -> None:
    if is_dormitory_visit(log):
        evidence.offer(
            "communication.dormitory",
            client=log.client,
            period=Period.of(log.day),
            staff=log.staff,
            ref=f"dormitory:{log.site_id or log.client_id}:{log.day}",
            on=log.day,
        )
