"""Each client's payroll: attendance in, computed, handed over, approved by a second person, payslips out."""

from collections import Counter
from pathlib import Path
from typing import BinaryIO

from agency.permissions import Role
from agency.spreadsheets.checking import DryRun
from agency.spreadsheets.opening import open_upload
from agency.spreadsheets.uploads import prepare
from agency.staff.models import StaffMember
from clients.models import ClientEnterprise
from payroll.models import PayrollRun
from payroll.payslips import publishing
from payroll.runs import approving, computing, importing, preparing
from payroll.runs.attendance_columns import ATTENDANCE
from payroll.runs.bonus_choice import BEST, choose
from workers.models import Placement, Worker

from ..files import Found
from .base import Month, StepFailed, Tally


def run_payrolls(month: Month, workbooks: list[Found]) -> Tally:
    """Take each attendance workbook through its client's run; a run that is approved stays as it is."""
    preparer, approver = two_people(month)
    made = known = workers = 0
    for found in workbooks:
        if found.table is ATTENDANCE:
            with month.on(month.period.last_day):
                client = client_of(found.path)
                run = PayrollRun.objects.filter(client=client, period=str(month.period), kind="regular").first()
            if run and run.approved_at:
                known += 1
                continue
            run = _open(month, client, preparer)
            workers += take_through(month, run, found.path, found.path.name, preparer, approver).headcount
            made += 1
    return Tally(made, known, f"{workers} payslips" if workers else "")


def two_people(month: Month) -> tuple[StaffMember, StaffMember]:
    """Return who prepares and who approves. Raises `StepFailed` when there is only one."""
    officers = month.holders(Role.PAYROLL_OFFICER)
    if len(officers) < 2:
        raise StepFailed("Payroll needs two payroll officers: one prepares, another approves.")
    return officers[0], officers[1]


def client_of(path: Path) -> ClientEnterprise:
    """Tell whose attendance a workbook is, by where most of its people are placed."""
    upload = prepare(open_upload(path, path.name), ATTENDANCE)
    dry_run = DryRun(upload.sheet, ATTENDANCE, upload.headers, upload.mapping)
    numbers, identities = set(), set()
    for row in dry_run:
        numbers.add(row.values["employee_no"])
        identities.add(row.values["identity_number"])
    by_number = Worker.objects.filter(employee_no__in=numbers - {None, ""})
    people = set(by_number.values_list("pk", flat=True)) | {
        worker.pk for worker in Worker.objects.all() if worker.identity_number in identities
    }
    clients = Counter(Placement.objects.filter(worker__in=people).values_list("client", flat=True))
    if not clients:
        raise StepFailed(f"{path.name}: none of its people is placed anywhere. Import the roster first.")
    return ClientEnterprise.objects.get(pk=clients.most_common(1)[0][0])


def _open(month: Month, client: ClientEnterprise, by: StaffMember) -> PayrollRun:
    with month.on(month.period.last_day, by):
        return preparing.open_run(client, month.period, by)


def take_through(
    month: Month,
    run: PayrollRun,
    sheet: Path | BinaryIO,
    name: str,
    by: StaffMember,
    approver: StaffMember,
    hour: int = 9,
) -> PayrollRun:
    """Take a run from its sheet, which comes at an hour of its pay day, to published payslips.

    Raises `StepFailed` with the sheet's first bad cell.
    """
    with month.on(run.pay_date, by, hour=hour):
        checked = importing.import_attendance(run, sheet, by, filename=name)
        if not checked.upload.mapping.complete:
            raise StepFailed(f"{name}: {checked.problems[0]}")
        if not checked.is_clean:
            first = checked.report.errors[0]
            raise StepFailed(f"{name}, row {first.row}, {first.header}: {first.reason}")
        run.refresh_from_db()
        computing.compute(run, by)
        if run.kind == PayrollRun.Kind.BONUS:
            choose(run, BEST, by)
            computing.compute(run, by)
        run.refresh_from_db()
        for slip in approving.not_looked_at(run).filter(errors=0):
            approving.look_at(slip, by)
        approving.submit(run, by)
    with month.on(run.pay_date, approver, hour=hour + 2):
        run.refresh_from_db()
        approving.approve(run, approver)
    with month.on(run.pay_date, by, hour=18):
        run.refresh_from_db()
        return publishing.publish(run, by)
