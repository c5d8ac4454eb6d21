"""A month's files: what can be made, what was made, and the making itself."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agency.calendar import today
from agency.periods import Period, PeriodError
from agency.permissions import permit, sees_whole_agency, visible
from agency.permissions.requests import StaffRequest
from agency.progress.models import BackgroundJob
from agency.shell.toasts import toast, warn
from clients.models import ClientEnterprise
from payroll.models import MadeFile
from payroll.refusals import Refused

from . import jobs, making
from .batches import BATCH
from .keeping import give_out
from .listing import month_of_files


def asked_month(request: StaffRequest) -> Period:
    """Return the month a request names, else the one before today's."""
    try:
        return Period.parse(request.POST.get("period") or request.GET.get("period", ""))
    except PeriodError:
        return Period.of(today()).previous()


def files_url(month: Period) -> str:
    return f"{reverse('payroll:files')}?period={month}"


@permit("payroll.file.view")
@require_GET
def files(request: StaffRequest) -> HttpResponse:
    found = month_of_files(request.user, asked_month(request))
    return render(request, "payroll/files/files.html", {"found": found})


@permit("payroll.tax.export")
@require_POST
def files_tax(request: StaffRequest) -> HttpResponse:
    """Make one of the two files for the tax client."""
    month, kind = asked_month(request), request.POST.get("kind", "")
    kind = kind if kind in jobs.MONTHLY else making.Purpose.SALARY_TAX
    return made(request, lambda: jobs.start_monthly(kind, month, request.user, files_url(month)), files_url(month))


@permit("payroll.insurance.export")
@require_POST
def files_insurance(request: StaffRequest) -> HttpResponse:
    """Make a city's list; a specialist's holds the workers of the clients they serve."""
    month = asked_month(request)
    served = (
        None
        if sees_whole_agency(request.user)
        else visible(request.user, ClientEnterprise).values_list("pk", flat=True)
    )
    city = request.POST.get("city", "")
    return made(request, lambda: making.make_insurance(city, month, request.user, served), files_url(month))


@permit("payroll.evidence.export")
@require_POST
def files_evidence(request: StaffRequest, pk: int) -> HttpResponse:
    """Make the VAT evidence of a client's month."""
    client = get_object_or_404(visible(request.user, ClientEnterprise), pk=pk)
    month = asked_month(request)
    return made(request, lambda: jobs.start_evidence(client, month, request.user, files_url(month)), files_url(month))


@permit("payroll.file.view")
@require_GET
def made_file(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a file out and write down who took it; bank files have a door of their own."""
    found = get_object_or_404(visible(request.user, MadeFile).exclude(kind=BATCH), pk=pk)
    return handed(request, found, files_url(Period.parse(found.period)))


def made(request: StaffRequest, make: Callable[[], MadeFile | BackgroundJob], back: str) -> HttpResponse:
    """Make a file and go back, follow its job, or show by name why it cannot be made."""
    try:
        outcome = make()
    except making.Unfit as unfit:
        return unfit_page(request, unfit, back)
    except Refused as refusal:
        warn(request, str(refusal))
        return redirect(back)
    if isinstance(outcome, BackgroundJob):
        return redirect("agency:job", pk=outcome.pk)
    toast(request, _("Made: %(name)s, %(rows)d rows.") % {"name": outcome.name, "rows": outcome.rows})
    return redirect(back)


def unfit_page(request: StaffRequest, unfit: making.Unfit, back: str, **context: Any) -> HttpResponse:
    shown = {"problems": unfit.problems[:200], "count": len(unfit.problems), "back": back, **context}
    return render(request, "payroll/files/unfit.html", shown, status=422)


def handed(request: StaffRequest, found: MadeFile, back: str) -> HttpResponse:
    try:
        plain = give_out(found, request.user)
    except Refused as refusal:
        warn(request, str(refusal))
        return redirect(back)
    response = FileResponse(plain, as_attachment=True, filename=found.name)
    response["Cache-Control"] = "no-store"
    return response
