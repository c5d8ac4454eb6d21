"""Compute a large run in the background; a small one is done before the page is back."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agency.audit import acting
from agency.models import StaffMember
from agency.progress.jobs import job
from agency.progress.models import BackgroundJob
from agency.progress.reporting import JobFailed, Progress
from agency.tenancy.context import tenant
from payroll.models import PayrollRun
from payroll.refusals import Refused

from .computing import compute
from .roll import placements_of

# About a third of a second of work.
AT_ONCE = 500


@job("payroll.compute", title=_("Compute wages"), permission="payroll.run.prepare")
def compute_run(progress: Progress, *, run_id: int, by_id: int) -> dict[str, Any]:
    with tenant(progress.agency_id):
        run = PayrollRun.objects.get(pk=run_id)
        by = StaffMember.objects.get(pk=by_id)
        workers = placements_of(run).values("worker").distinct().count()
    progress.of(workers)
    try:
        with acting(by, source=f"payroll.compute {run_id}"), progress.step(amount=workers):
            run = compute(run, by)
    except Refused as refusal:
        raise JobFailed(str(refusal)) from None
    return {"version": run.version, "workers": run.headcount, "errors": run.errors}


def start_computing(run: PayrollRun, by: StaffMember, url: str) -> BackgroundJob | None:
    """Compute a run now, or start a job when it is large; return the job, None when it is done.

    Raises `Refused` like `compute`.
    """
    if placements_of(run).count() <= AT_ONCE:
        compute(run, by)
        return None
    return compute_run.start(by=by, title=str(run), url=url, key=str(run.pk), run_id=run.pk, by_id=by.pk)
