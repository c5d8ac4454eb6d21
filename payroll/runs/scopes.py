"""A specialist sees the payroll of the clients they serve."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from agency.permissions import scope_of
from clients.assignments.scopes import clients_served_by
from payroll.models import (
    Advance,
    PayrollInput,
    PayrollRun,
    PayScheme,
    Payslip,
    PayslipDispute,
    TaxDeclaration,
    TaxYearChoice,
    WorkerDebt,
    WorkerItemAmount,
    WriteOff,
)
from workers.people.scopes import of_their_workers


def _of_runs(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(run__client__in=clients_served_by(staff, on))


def _of_clients(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(client__in=clients_served_by(staff, on))


def _of_payslips(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(payslip__run__client__in=clients_served_by(staff, on))


def _of_debts(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(debt__run__client__in=clients_served_by(staff, on))


scope_of(PayslipDispute)(_of_payslips)
scope_of(WriteOff)(_of_debts)
for model in (TaxDeclaration, TaxYearChoice):
    scope_of(model)(of_their_workers)
for model in (Payslip, PayrollInput, WorkerDebt):
    scope_of(model)(_of_runs)
for model in (PayrollRun, PayScheme, Advance, WorkerItemAmount):
    scope_of(model)(_of_clients)
