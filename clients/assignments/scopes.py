"""What a specialist sees: the clients assigned to them on a date, and what belongs to those clients."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from agency.permissions import scope_of
from agency.staff.absences import theirs_or_stood_in
from clients.models import Assignment, ClientContact, ClientEnterprise, DispatchAgreement, Post, Site


def clients_served_by(staff: Any, on: dt.date) -> QuerySet:
    """Return the ids of the clients a person serves on a date, or stands in at, as a subquery."""
    return Assignment.objects.valid_on(on).filter(theirs_or_stood_in(staff, on)).values("client")


@scope_of(ClientEnterprise)
def clients(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(pk__in=clients_served_by(staff, on))


def of_served_clients(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    """Limit rows that have a `client` to those of the clients a specialist serves on a date."""
    return rows.filter(client__in=clients_served_by(staff, on))


for model in (Site, ClientContact, DispatchAgreement, Post, Assignment):
    scope_of(model)(of_served_clients)
