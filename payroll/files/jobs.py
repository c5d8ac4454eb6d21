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

# About two seconds of work.
AT_ONCE = 4000
MONTHLY = {making.Purpose.SALARY_TAX: making.make_wages, making.Purpose.PERSONNEL: making.make_people}


@job("payroll.file", title=_("Make a file"), permission="payroll.file.view")
def make_file(progress: Progress, *, by_id: int, kind: str, month: str, pk: int = 0) -> dict[str, Any]:
    """Make one file; `pk` is the run's of a ledger, the client's of evidence."""
    progress.of(1)
    with tenant(progress.agency_id):
        by = StaffMember.objects.get(pk=by_id)
    try:
        with acting(by, source="payroll.file"), progress.step():
            made = _make(kind, Period.parse(month), pk, by)
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


def _start(kind: str, month: Period, rows: int, by: StaffMember, url: str, pk: int = 0) -> MadeFile | BackgroundJob:
    if rows <= AT_ONCE:
        return _make(kind, month, pk, by)
    return make_file.start(by=by, url=url, by_id=by.pk, kind=kind, month=str(month), pk=pk)


def _make(kind: str, month: Period, pk: int, by: StaffMember) -> MadeFile:
    if kind == making.LEDGER:
        return making.make_ledger(PayrollRun.objects.select_related("client", "agency").get(pk=pk), by)
    if kind == making.EVIDENCE:
        return making.make_evidence(ClientEnterprise.objects.get(pk=pk), month, by)
    return MONTHLY[making.Purpose(kind)](month, by)
