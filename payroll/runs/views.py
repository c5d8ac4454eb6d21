"""Payroll: the runs of a month and one run's page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from agency.permissions import can, permit, visible
from agency.permissions.requests import StaffRequest
from agency.progress.models import BackgroundJob
from agency.shell.editing import edit
from payroll.models import PayrollRun
from payroll.payslips.checks import found_in
from payroll.refusals import Refused

from .actions import actions_of
from .filters import VIEWS, SlipFilter, counts_of
from .forms import OpenForm
from .listing import runs_of
from .preparing import open_run
from .steps import steps_of

TOTALS = (
    (_("Gross pay"), "gross_fen"),
    (_("Own social insurance"), "employee_social_fen"),
    (_("Housing fund"), "employee_fund_fen"),
    (_("Income tax"), "tax_fen"),
    (_("Other deductions"), "deducted_fen"),
    (_("Net pay"), "net_fen"),
)


def run_or_404(request: HttpRequest, pk: int) -> PayrollRun:
    """Return a run the person may see."""
    rows = visible(request.user, PayrollRun)  # type: ignore[arg-type]
    return get_object_or_404(rows.select_related("client", "preparer", "approver"), pk=pk)


def run_url(run: PayrollRun) -> str:
    return reverse("payroll:run", args=[run.pk])


@permit("payroll.run.view")
@require_GET
def runs(request: StaffRequest) -> HttpResponse:
    listing = runs_of(request.user, request.GET.get("period", ""))
    return render(request, "payroll/runs/runs.html", {"listing": listing})


@permit("payroll.run.prepare")
def run_open(request: StaffRequest) -> HttpResponse:
    def save(form: OpenForm) -> str:
        given = dict(form.cleaned_data)
        try:
            return run_url(open_run(given.pop("client"), given.pop("period"), request.user, **given))
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None

    return edit(
        request,
        OpenForm(request.POST or None, staff=request.user, initial=_asked(request)),
        save,
        title=_("Start a payroll run"),
        verb=_("Start the run"),
        done=_("Opened. Next: the client's attendance sheet."),
        back=reverse("payroll:runs"),
        crumb=_("Payroll"),
    )


@permit("payroll.run.view")
@require_GET
def run(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one run; htmx asks for the rows alone, or for all that changes after a click in the drawer."""
    found = run_or_404(request, pk)
    template = "payroll/runs/run.html"
    request.GET = request.GET.copy()  # type: ignore[assignment]  # mutable until the part is taken out
    (part,) = request.GET.pop("part", [""])[:1]
    if request.htmx and not request.htmx.boosted and part in ("rows", "changes"):
        template = f"{template}#{part}"
    return render(request, template, context_of(request, found))


def context_of(request: StaffRequest, run: PayrollRun) -> dict[str, Any]:
    """Gather what the page of a run shows."""
    asked = SlipFilter.asked(request.GET)
    counts = counts_of(run)
    page = asked.page(run, request.GET.get("page"))
    for slip in page.object_list:
        slip.rules = found_in(slip.checks)
    before = _before(run)
    return {
        "run": run,
        "asked": asked,
        "counts": counts,
        "views": [(value, label, counts[value or "all"]) for value, label in VIEWS],
        "page_obj": page,
        "steps": steps_of(run, counts["unseen"]),
        "totals": [
            (label, run.totals.get(name, 0), run.totals.get(name, 0) - before[name] if before else None)
            for label, name in TOTALS
        ],
        "before": before,
        "net_change": run.totals.get("net_fen", 0) - before["net_fen"] if before else None,
        "job": BackgroundJob.objects.active().filter(kind="payroll.compute", key=f"payroll.compute:{run.pk}").first(),
        "may_prepare": can(request.user, "payroll.run.prepare") and run.is_open,
        "actions": actions_of(run, request.user, counts["unseen"]),
    }


def _asked(request: HttpRequest) -> dict[str, str]:
    """Return what a link to the form has chosen already."""
    return {name: request.GET[name] for name in ("kind", "client", "period", "corrects") if name in request.GET}


def _before(run: PayrollRun) -> dict[str, int]:
    """Return the sums of the month before at the same client, or nothing."""
    rows = PayrollRun.objects.final().of_period(run.month.previous()).filter(client=run.client_id, kind=run.kind)
    return rows.values_list("totals", flat=True).first() or {}
