"""A published run's links to copy, and a run as a workbook."""

import tempfile

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agency.audit import record
from agency.pagination import paginate
from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import warn
from payroll.models import Payslip
from payroll.runs.export import export_run
from payroll.runs.import_views import XLSX
from payroll.runs.views import run_or_404, run_url

from .links import sign


@permit("payroll.run.prepare")
@require_GET
def run_links(request: StaffRequest, pk: int) -> HttpResponse:
    """List the workers' links with what they said; who asks or has not read comes first."""
    run = run_or_404(request, pk)
    if run.published_at is None:
        warn(request, _("Publish the payslips first: until then the links open nothing."))
        return redirect(run_url(run))
    slips = Payslip.objects.filter(run=run, errors=0).select_related("receipt").defer("inputs")
    page = paginate(request, slips.order_by("receipt__doubted_at", "receipt__confirmed_at", "name_pinyin"))
    for slip in page.object_list:
        slip.link = request.build_absolute_uri(reverse("payroll:payslip_public", args=[sign(slip)]))
        slip.said = getattr(slip, "receipt", None)
    return render(request, "payroll/payslips/links.html", {"run": run, "page_obj": page})


@permit("payroll.run.view")
@require_GET
def run_export(request: StaffRequest, pk: int) -> HttpResponse:
    """Give the run as a workbook, and write down that it was taken."""
    run = run_or_404(request, pk)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    rows = export_run(run, file)
    file.seek(0)
    record("payroll.run.exported", subject=run, rows=rows)
    return FileResponse(file, as_attachment=True, filename=f"{run}.xlsx", content_type=XLSX)
