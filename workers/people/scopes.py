"""A specialist sees the workers placed now at the clients they serve."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from agency.permissions import scope_of
from clients.assignments.scopes import clients_served_by
from workers.models import BankAccount, InsuranceEnrolment, LabourContract, Placement, Worker


def _placed(worker: str, staff: Any, on: dt.date) -> Exists:
    return Exists(Placement.objects.filter(worker=OuterRef(worker), client__in=clients_served_by(staff, on)))


@scope_of(Worker)
def workers(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(_placed("pk", staff, on))


@scope_of(Placement)
def placements(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(client__in=clients_served_by(staff, on))


def of_their_workers(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(_placed("worker", staff, on))


for model in (BankAccount, LabourContract, InsuranceEnrolment):
    scope_of(model)(of_their_workers)
