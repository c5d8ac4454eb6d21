"""Who sees a case. A complaint about one of us is withheld from every specialist and from whom it concerns."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from agency.permissions import can, scope_of, withhold
from clients.assignments.scopes import clients_served_by
from clients.models import Assignment

from .custody import CONFIDENTIAL
from .models import Case


@withhold(Case)
def about_themselves(staff: Any, rows: QuerySet) -> QuerySet:
    """Asked of head office too: who serves a client beside another role must not read what is said of them there."""
    if not can(staff, CONFIDENTIAL):
        return rows.filter(confidential=False)
    ever_served = Assignment.objects.filter(staff=staff).values("client")
    return rows.exclude(about=staff).exclude(confidential=True, client__in=ever_served)


@scope_of(Case)
def cases(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(Q(assignee=staff) | Q(client__in=clients_served_by(staff, on)))
