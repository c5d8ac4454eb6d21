"""A specialist sees the workers of the clients they serve: placed there, about to be, or last from there."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from agency.permissions import scope_of
from clients.assignments.scopes import clients_served_by
from workers.models import BankAccount, InsuranceEnrolment, LabourContract, Placement, Worker

from .queries import last_placements


@scope_of(Worker)
def workers(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.last_placed(on, client__in=clients_served_by(staff, on))


@scope_of(Placement)
def placements(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(client__in=clients_served_by(staff, on))


def of_their_workers(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    here = last_placements(on).filter(worker=OuterRef("worker"), client__in=clients_served_by(staff, on))
    return rows.filter(Exists(here))


for model in (BankAccount, LabourContract, InsuranceEnrolment):
    scope_of(model)(of_their_workers)
