"""The checks of a run: how many rows each found, what to do about it, and the limit a client has set."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from agency.permissions import can, permit
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from clients.enterprises.views import client_or_404
from payroll.calculation.columns import RowError, names_of
from payroll.matching.gaps import Gap
from payroll.matching.views import LABELS
from payroll.models import Payslip
from payroll.payslips.check_rules import BY_CHECK
from payroll.payslips.checks import Check, Level
from payroll.payslips.ledger import ERRORS

from .forms import LimitForm, last_month
from .limits import USUAL_PERCENT, change_percent, set_limit
from .views import run_or_404

FAILURES = 50


@permit("payroll.run.view")
@require_GET
def run_checks(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what the checks found, loudest first, and who could not be computed and why."""
    run = run_or_404(request, pk)
    counts, gaps = run.totals.get("checks", {}), run.totals.get("match", {})
    found = [(BY_CHECK[Check[name]], name, count) for name, count in counts.items()]
    failed = list(Payslip.objects.filter(run=run).exclude(errors=0).defer("inputs").order_by("name_pinyin")[:FAILURES])
    for slip in failed:
        slip.why = [ERRORS[name] for name in names_of(RowError, slip.errors)]
    context = {
        "run": run,
        "found": sorted(found, key=lambda one: -one[0].level),
        "failed": failed,
        "gaps": [(LABELS[gap], gap.value, gaps[gap.value]) for gap in Gap if gap.value in gaps],
        "Level": Level,
        "percent": run.totals.get("change_percent", USUAL_PERCENT),
        "may_set": can(request.user, "payroll.scheme.edit"),
    }
    return render(request, "payroll/runs/checks.html", context)


@permit("payroll.scheme.edit")
def limit(request: StaffRequest, pk: int) -> HttpResponse:
    """Set by how much a net wage may change at a client before somebody must look."""
    client = client_or_404(request, pk)

    def save(form: LimitForm) -> str:
        set_limit(client, form.cleaned_data["since"], form.cleaned_data["percent"], request.user)
        return reverse("payroll:runs")

    return edit(
        request,
        LimitForm(request.POST or None, initial={"percent": change_percent(client.pk, last_month().next())}),
        save,
        title=_("When is a change too large?"),
        verb=_("Save"),
        done=_("Saved. It holds for runs computed from now on."),
        back=reverse("payroll:runs"),
        crumb=client.short_name,
    )
