"""What people do with a run: compute, hand in, approve, send back, publish, pay, archive. Each a POST of its own."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.confirmation import confirmed
from agency.shell.toasts import toast, warn
from payroll.models import PayrollRun
from payroll.payslips.publishing import publish
from payroll.refusals import Refused

from .approving import approve, archive, return_run, submit
from .forms import ReasonForm
from .jobs import start_computing
from .views import run_or_404, run_url


@permit("payroll.run.prepare")
@require_POST
def run_compute(request: StaffRequest, pk: int) -> HttpResponse:
    run = run_or_404(request, pk)
    try:
        job = start_computing(run, request.user, run_url(run))
    except Refused as refusal:
        warn(request, str(refusal))
        return redirect(run_url(run))
    if job is not None:
        return redirect("agency:job", pk=job.pk)
    run.refresh_from_db()
    toast(request, _("Computed: %(n)d workers, %(look)d to look at.") % {"n": run.headcount, "look": run.attention})
    return redirect(run_url(run))


@permit("payroll.run.prepare")
@require_POST
@confirmed(
    gettext_lazy("Hand this run in?"),
    gettext_lazy("Hand in"),
    gettext_lazy("Figures cannot be changed while the reviewer has it."),
)
def run_submit(request: StaffRequest, pk: int) -> HttpResponse:
    return _step(request, pk, submit, _("Handed in. A colleague reviews it now."))


@permit("payroll.run.approve")
@require_POST
@confirmed(
    gettext_lazy("Approve this run?"),
    gettext_lazy("Approve"),
    gettext_lazy("Its figures stand for good: corrections go into a run of their own."),
)
def run_approve(request: StaffRequest, pk: int) -> HttpResponse:
    return _step(request, pk, approve, _("Approved. The payslips can be published now."))


@permit("payroll.run.approve")
@require_http_methods(["GET", "POST"])
def run_return(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask in the drawer why, then send back."""
    run = run_or_404(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _step(
            request,
            pk,
            lambda run, by: return_run(run, by, reason),
            _("Sent back to %(name)s.") % {"name": run.preparer.name},
        )
    template = "payroll/runs/return_drawer.html" if request.htmx else "payroll/runs/return.html"
    return render(request, template, {"run": run, "form": form}, status=422 if request.method == "POST" else 200)


@permit("payroll.run.prepare")
@require_POST
@confirmed(
    gettext_lazy("Publish the payslips?"),
    gettext_lazy("Publish"),
    gettext_lazy("From now on every worker can open their own by its link."),
)
def run_publish(request: StaffRequest, pk: int) -> HttpResponse:
    return _step(request, pk, publish, _("Published. Send the workers their links."))


@permit("payroll.run.pay")
@require_POST
def run_archive(request: StaffRequest, pk: int) -> HttpResponse:
    return _step(request, pk, archive, _("Archived."))


def _step(request: StaffRequest, pk: int, step: Callable[[PayrollRun, Any], PayrollRun], done: str) -> HttpResponse:
    run = run_or_404(request, pk)
    try:
        step(run, request.user)
    except Refused as refusal:
        warn(request, str(refusal))
    else:
        toast(request, done)
    return redirect(run_url(run))
