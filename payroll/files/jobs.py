"""Make a file at once, or in the background when it is long."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agency.audit import acting
from agency.models import StaffMember
from agency.periods import Period
from agency.progress.jobs import job
from agency.progress.models import BackgroundJob
from agency.progress.reporting import JobFailed, Progress
from agency.tenancy.context import tenant
from clients.models import ClientEnterprise
from payroll.models import MadeFile, PayrollRun
from payroll.refusals import Refused

from . import making
from .tax import slips_of

Options = dict[str, bool]
# About two seconds of work.
AT_ONCE = 4000
MONTHLY = {
    making.Purpose.SALARY_TAX: making.make_wages,
    making.Purpose.PERSONNEL: making.make_people,
    making.Purpose.STUDENT_TAX: making.make_students,
    making.Purpose.BONUS_TAX: making.make_bonus,
    making.Purpose.SEVERANCE_TAX: making.make_severance,
}


@job("payroll.file", title=_("Make a file"), permission="payroll.file.view")
def make_file(
    progress: Progress, *, by_id: int, kind: str, month: str, pk: int = 0, options: Options | None = None
) -> dict[str, Any]:
    """Make one file; `pk` is the run's of a ledger or sheet, the client's of evidence."""
    progress.of(1)
    with tenant(progress.agency_id):
        by = StaffMember.objects.get(pk=by_id)
    try:
        with acting(by, source="payroll.file"), progress.step():
            made = _make(kind, Period.parse(month), pk, by, options or {})
    except Refused as refusal:
        raise JobFailed(str(refusal)) from None
    return {"file": made.pk, "rows": made.rows}


def start_monthly(kind: str, month: Period, by: StaffMember, url: str) -> MadeFile | BackgroundJob:
    """Make a month's file for the tax client. Raises like `making`."""
    return _start(kind, month, slips_of(month).count(), by, url)


def start_evidence(client: ClientEnterprise, month: Period, by: StaffMember, url: str) -> MadeFile | BackgroundJob:
    """Make the VAT evidence of a client's month. Raises like `making`."""
    heads = sum(PayrollRun.objects.final().of_period(month).filter(client=client).values_list("headcount", flat=True))
    return _start(making.EVIDENCE, month, heads, by, url, client.pk)


def start_ledger(run: PayrollRun, by: StaffMember, url: str) -> MadeFile | BackgroundJob:
    """Make a run's wage ledger. Raises like `making`."""
    return _start(making.LEDGER, run.month, run.headcount, by, url, run.pk)


def start_sheet(run: PayrollRun, by: StaffMember, url: str, options: Options) -> MadeFile | BackgroundJob:
    """Make a run's wage sheet; `options` are those of `making.make_sheet`. Raises like `making`."""
    return _start(making.SHEET, run.month, run.headcount, by, url, run.pk, options)


def _start(
    kind: str, month: Period, rows: int, by: StaffMember, url: str, pk: int = 0, options: Options | None = None
) -> MadeFile | BackgroundJob:
    if rows <= AT_ONCE:
        return _make(kind, month, pk, by, options or {})
    return make_file.start(by=by, url=url, by_id=by.pk, kind=kind, month=str(month), pk=pk, options=options or {})


def _make(kind: str, month: Period, pk: int, by: StaffMember, options: Options) -> MadeFile:
    if kind in (making.LEDGER, making.SHEET):
        run = PayrollRun.objects.select_related("client", "agency", "preparer", "approver", "tax_policy").get(pk=pk)
        return making.make_ledger(run, by) if kind == making.LEDGER else making.make_sheet(run, by, **options)
    if kind == making.EVIDENCE:
        return making.make_evidence(ClientEnterprise.objects.get(pk=pk), month, by)
    return MONTHLY[making.Purpose(kind)](month, by)
