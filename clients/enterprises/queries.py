"""What the pages of clients show."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from agency.permissions import visible
from agency.pinyin import person_search
from clients.models import Assignment, ClientEnterprise, DispatchAgreement

from .headcount import Headcount, headcounts
from .share import Share, share_of


@dataclass(frozen=True)
class Card:
    """A client in the list: headcount, share, who is in charge, until when the agreement runs."""

    client: ClientEnterprise
    headcount: Headcount
    share: Share | None
    lead: str
    agreement_until: dt.date | None
    has_agreement: bool


def clients_for(staff: Any, query: str, ended: bool) -> QuerySet[ClientEnterprise]:
    """Return the clients a person may see, by initials, pinyin or any part of the name, in the order of names."""
    rows = visible(staff, ClientEnterprise)
    rows = rows.exclude(ended_on=None) if ended else rows.served()
    found = person_search(rows, query)
    if query.strip():
        words = query.strip()
        found = found | rows.filter(Q(name__icontains=words) | Q(short_name__icontains=words))
    return found.order_by("name_pinyin", "pk")


def cards(clients: list[ClientEnterprise], on: dt.date) -> list[Card]:
    """Gather what the list shows, in three queries for any number of clients."""
    ids = [client.pk for client in clients]
    counts = headcounts(ids, on)
    leads = Assignment.objects.valid_on(on).filter(client__in=ids, is_lead=True).select_related("staff")
    names = {lead.client_id: lead.staff.name for lead in leads}
    agreements = DispatchAgreement.objects.valid_on(on).filter(client__in=ids).order_by("valid_from")
    until = {agreement.client_id: agreement.valid_to for agreement in agreements}
    return [
        Card(
            client,
            count := counts.get(client.pk, Headcount()),
            share_of(count.now, client.own_staff),
            names.get(client.pk, ""),
            until.get(client.pk),
            client.pk in until,
        )
        for client in clients
    ]
