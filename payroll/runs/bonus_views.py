"""A bonus run's page: what each way of taxing costs every worker, the better one, and the traps."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agency.pagination import paginate
from agency.permissions import can, permit
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast, warn
from payroll.models import PayrollRun, Payslip
from payroll.payslips.figures import whole
from payroll.refusals import Refused

from .bonus_choice import APART, BEST, MERGED, choose
from .jobs import start_computing
from .views import run_or_404, run_url


@permit("payroll.run.prepare")
@require_http_methods(["GET", "POST"])
def run_bonus(request: StaffRequest, pk: int) -> HttpResponse:
    run = run_or_404(request, pk)
    if run.kind != PayrollRun.Kind.BONUS or not run.version:
        warn(request, _("The two ways are weighed when a bonus run is computed."))
        return redirect(run_url(run))
    if request.method == "POST":
        return _choose(request, run)
    slips = Payslip.objects.filter(run=run, errors=0).order_by("-attention", "name_pinyin")
    page = paginate(request, slips)
    for slip in page.object_list:
        slip.told = whole(slip.inputs)
        slip.saved_fen = abs(slip.told["tax_merged_fen"] - slip.told["tax_apart_fen"])
        slip.apart_is_better = slip.told["tax_apart_fen"] <= slip.told["tax_merged_fen"]
    context = {"run": run, "page_obj": page, "may_choose": run.is_open and can(request.user, "payroll.run.prepare")}
    return render(request, "payroll/runs/bonus.html", context)


def _choose(request: StaffRequest, run: PayrollRun) -> HttpResponse:
    way = request.POST.get("way", "")
    try:
        changed = choose(run, way if way in (APART, MERGED) else BEST, request.user)
        job = start_computing(run, request.user, run_url(run)) if changed else None
    except Refused as refusal:
        warn(request, str(refusal))
        return redirect(run_url(run))
    if job is not None:
        return redirect("agency:job", pk=job.pk)
    toast(request, _("Changed for %(n)d workers.") % {"n": changed})
    return redirect("payroll:run_bonus", pk=run.pk)
