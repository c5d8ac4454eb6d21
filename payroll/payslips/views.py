"""One worker's payslip beside the run's table, and the panel on the worker's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from agency.permissions import can, permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from agency.shell.toasts import warn
from payroll.balances.standing import TaxStart
from payroll.calculation.columns import RowError, names_of
from payroll.matching.in_run import GAPS, at_risk
from payroll.models import PayrollInput, PayrollRun, Payslip
from payroll.refusals import Refused
from payroll.runs.approving import look_at
from payroll.runs.computing import compute
from payroll.runs.forms import InputForm
from payroll.runs.jobs import AT_ONCE
from payroll.runs.preparing import change_input
from payroll.runs.views import run_url
from payroll.templatetags.payroll_words import month_name
from workers.models import Worker

from .checks import Level, found_in
from .declared_words import changed_by_declarations
from .figures import whole
from .ledger import ERRORS, STARTS, Earlier, ledger, written
from .neighbours import neighbours
from .replaying import replay

SHOWN_ON_PANEL = 12


def slip_or_404(request: HttpRequest, pk: int) -> Payslip:
    """Return a payslip the person may see."""
    rows = visible(request.user, Payslip)  # type: ignore[arg-type]
    return get_object_or_404(rows.select_related("run__client", "run__tax_policy", "looked_by"), pk=pk)


@permit("payroll.run.view")
@require_GET
def payslip(request: StaffRequest, pk: int) -> HttpResponse:
    return _drawer(request, slip_or_404(request, pk))


@permit("payroll.run.prepare")
@require_POST
def payslip_look(request: StaffRequest, pk: int) -> HttpResponse:
    """Mark a payslip as right and go on to the next one that waits."""
    slip = slip_or_404(request, pk)
    try:
        look_at(slip, request.user)
    except Refused as refusal:
        warn(request, str(refusal))
        return _drawer(request, slip)
    if not request.htmx:
        return redirect(run_url(slip.run))
    following = (
        Payslip.objects.waiting(slip.run_id)
        .order_by("-attention", "name_pinyin", "pk")
        .values_list("pk", flat=True)
        .first()
    )
    response = _drawer(request, slip_or_404(request, following or pk))
    return trigger_client_event(response, "payslip-changed")


@permit("payroll.run.prepare")
@require_http_methods(["GET", "POST"])
def payslip_input(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct one worker's month by hand; a small run is computed again at once."""
    slip = slip_or_404(request, pk)
    run = slip.run
    given = PayrollInput.objects.filter(run=run, worker=slip.worker_id).first()

    def save(form: InputForm) -> str:
        change_input(run, slip.worker_id, form.values, request.user)
        if run.headcount <= AT_ONCE:
            compute(run, request.user)
        return run_url(run)

    form = InputForm.of(given, run, request.POST or None)
    if not run.is_open:
        warn(request, _("This run was handed in. Have it returned before changing figures."))
        return redirect(run_url(run))
    return edit(
        request,
        form,
        save,
        title=gettext_lazy("Correct the figures"),
        verb=gettext_lazy("Save"),
        done=gettext_lazy("Saved, and computed again."),
        back=run_url(run),
        crumb=slip.name,
    )


@permit("payroll.run.view")
@require_GET
def worker_payslips(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a worker's latest payslips as a panel of their page."""
    worker = get_object_or_404(visible(request.user, Worker), pk=pk)
    slips = visible(request.user, Payslip).filter(worker=worker).select_related("run__client")
    context = {"worker": worker, "slips": slips.order_by("-run__period", "-pk")[:SHOWN_ON_PANEL]}
    return render(request, "payroll/payslips/panel.html", context)


def _drawer(request: StaffRequest, slip: Payslip) -> HttpResponse:
    replayed = replay(slip)
    workings, told = replayed.workings, whole(slip.inputs)
    before = _month_before(slip)
    months = (month_name(slip.run.month.previous()), month_name(slip.run.month))
    context: dict[str, Any] = {
        "slip": slip,
        "run": slip.run,
        "rules": [rule for rule in found_in(slip.checks) if rule.level > Level.TOLD],
        "notes": [rule for rule in found_in(slip.checks) if rule.level == Level.TOLD],
        "declared": list(changed_by_declarations(told, before.told if before and _same_year(slip) else None)),
        "errors": [ERRORS[name] for name in names_of(RowError, slip.errors)],
        "lines": ledger(workings, told, before, months) if not slip.errors else [],
        "before": before,
        "tax_lines": written(workings.tax, told),
        "employer_lines": written(workings.employer, told),
        "start": STARTS[TaxStart(told["tax_start"])],
        "may_look": can(request.user, "payroll.run.prepare") and slip.run.is_open,
        "policy": replayed.policy,
    }
    risk = at_risk(slip.run, slip.worker_id, slip.checks)
    context["risks"] = [(rule.label, risk.get(rule.check, 0)) for rule in context["rules"] if rule.check in GAPS]
    context |= neighbours(slip)
    if request.htmx:
        return render(request, "payroll/payslips/drawer.html", context)
    return render(request, "payroll/payslips/payslip.html", context)


def _month_before(slip: Payslip) -> Earlier | None:
    """Tell last month's payslip at the same client, once approved, to stand beside this one."""
    found = (
        Payslip.objects.final()
        .filter(
            worker=slip.worker_id,
            run__client=slip.run.client_id,
            run__period=str(slip.run.month.previous()),
            run__kind=PayrollRun.Kind.REGULAR,
            errors=0,
        )
        .select_related("run__tax_policy")
        .first()
    )
    return Earlier(replay(found).workings, whole(found.inputs)) if found else None


def _same_year(slip: Payslip) -> bool:
    """Tell whether last month's wages were paid in the same tax year, where sums to date go on."""
    return slip.tax_month > 1


def payslip_url(pk: int) -> str:
    return reverse("payroll:payslip", args=[pk])
