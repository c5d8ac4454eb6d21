"""A specialist sees the talks they held, and those held with the clients they serve now."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from agency.permissions import scope_of
from clients.assignments.scopes import clients_served_by
from servicedesk.models import CommunicationLog, Confirmation, LogPerson


def _mine_or_served(prefix: str, staff: Any, on: dt.date) -> Q:
    return Q(**{f"{prefix}staff": staff}) | Q(**{f"{prefix}client__in": clients_served_by(staff, on)})


@scope_of(CommunicationLog)
def logs(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(_mine_or_served("", staff, on))


def of_their_logs(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(_mine_or_served("log__", staff, on))


for model in (LogPerson, Confirmation):
    scope_of(model)(of_their_logs)
