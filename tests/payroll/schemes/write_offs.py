"""An advance for a month without pay that the agency bears, as far as a test needs it."""

from agency.periods import Period
from payroll.calculation.debts import Bearer
from payroll.models import WorkerDebt, WriteOff
from payroll.schemes.write_offs import propose
from tests.cast import Company
from tests.payroll.runs.stage import approved, scheme

AUGUST = Period(2026, 8)
ABSENT = {"days_worked_x100": 0, "days_absent_x100": 23_00}


def debt(company: Company) -> WorkerDebt:
    """Approve August without a day's work; the agency bears the worker's own insurance."""
    found = WorkerDebt.objects.filter(worker=company.worker).first()
    if found is None:
        scheme(company, unpaid_bearer=Bearer.AGENCY)
        approved(company, AUGUST, **ABSENT)
        found = WorkerDebt.objects.get(worker=company.worker)
    return found


def waiting(company: Company) -> WriteOff:
    found = WriteOff.objects.filter(debt__worker=company.worker).first()
    return found or propose(debt(company), "已离职，要不回来", company.administrator)
