"""A specialist sees the files and batches of the clients they serve, and the files they made."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from agency.permissions import scope_of
from clients.assignments.scopes import clients_served_by
from payroll.models import BankBatch, BankLine, MadeFile


@scope_of(MadeFile)
def files(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(Q(client__in=clients_served_by(staff, on)) | Q(made_by=staff))


def _of_runs(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(run__client__in=clients_served_by(staff, on))


for model in (BankBatch, BankLine):
    scope_of(model)(_of_runs)
