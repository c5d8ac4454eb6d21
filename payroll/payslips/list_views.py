"""A published run's links and texts to copy, and a run as a workbook."""

import tempfile

from django.db.models import Count, Q, QuerySet
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
from agency.tenancy.context import current_agency
from agency.uploads.marking import XLSX
from payroll.models import Payslip
from payroll.runs.export import export_run
from payroll.runs.views import run_or_404, run_url

from .links import sign
from .telling import words_for

OPENED = {
    "": Q(),
    "unopened": Q(receipt=None),
    "unsigned": Q(receipt__isnull=False, receipt__confirmed_at=None),
    "signed": Q(receipt__confirmed_at__isnull=False),
}


@permit("payroll.run.prepare")
@require_GET
def run_links(request: StaffRequest, pk: int) -> HttpResponse:
    """List the workers' links with who has opened and signed, and texts to copy; all those shown in one go."""
    run = run_or_404(request, pk)
    if run.published_at is None:
        warn(request, _("Publish the payslips first: until then the links open nothing."))
        return redirect(run_url(run))
    slips = Payslip.objects.filter(run=run, errors=0)
    asked = request.GET.get("state", "")
    shown = slips.filter(OPENED.get(asked, Q())).select_related("receipt", "run").defer("inputs", "run__totals")
    page = paginate(request, shown.order_by("receipt__confirmed_at", "name_pinyin"))
    agency_name = current_agency().short_name
    for slip in page.object_list:
        slip.link = request.build_absolute_uri(reverse("payroll:payslip_public", args=[sign(slip)]))
        slip.words = words_for(slip, slip.link, agency_name)
        slip.said = getattr(slip, "receipt", None)
    context = {
        "run": run,
        "page_obj": page,
        "states": _states(slips),
        "all_words": "\n".join(slip.words for slip in page.object_list),
    }
    return render(request, "payroll/payslips/links.html", context)


def _states(slips: QuerySet[Payslip]) -> list[tuple[str, str, int]]:
    counts = slips.aggregate(**{name or "all": Count("pk", filter=where) for name, where in OPENED.items()})
    labels = (_("All"), _("Not opened"), _("Opened, not signed"), _("Signed"))
    return [(name, label, counts[name or "all"]) for name, label in zip(OPENED, labels, strict=True)]


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
