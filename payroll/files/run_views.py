"""The files of one run: bank batches, the ledger, payslips to print."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.audit import record
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.progress.models import BackgroundJob
from agency.shell.editing import edit
from agency.shell.toasts import toast, warn
from payroll.models import BankBatch, MadeFile, PaidOutside, PayrollRun, Payslip
from payroll.refusals import Refused
from payroll.runs.views import run_or_404, run_url

from . import jobs, making
from .batches import make_batch, still_to_pay
from .forms import BatchForm, OutsideForm, ProofForm, SheetForm
from .listing import form_of
from .outside import pay_outside, prove_outside
from .printing import sheets_of
from .views import handed, made, unfit_page

# As many payslips as a browser prints at once without trouble.
PRINTED = 300


def run_files_url(run: PayrollRun) -> str:
    return reverse("payroll:run_files", args=[run.pk])


@permit("payroll.file.view")
@require_GET
def run_files(request: StaffRequest, pk: int) -> HttpResponse:
    run = run_or_404(request, pk)
    return render(request, "payroll/files/run_files.html", _context(request, run))


@permit("payroll.batch.make")
@require_http_methods(["POST"])
def run_batch(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a batch of everybody still to be paid."""
    run = run_or_404(request, pk)
    form = BatchForm(request.POST)
    if not form.is_valid():
        return render(request, "payroll/files/run_files.html", _context(request, run, form), status=422)
    try:
        batch = make_batch(run, form.cleaned_data["layout"], request.user)
    except making.Unfit as unfit:
        return unfit_page(request, unfit, run_files_url(run), run=run)
    except Refused as refusal:
        warn(request, str(refusal))
        return redirect(run_files_url(run))
    toast(request, _("Batch %(n)d made. A colleague must release it.") % {"n": batch.number})
    return redirect("payroll:batch", pk=batch.pk)


@permit("payroll.file.view")
@require_POST
def run_ledger(request: StaffRequest, pk: int) -> HttpResponse:
    """Make the wage ledger of an approved run."""
    run = run_or_404(request, pk)
    return made(request, lambda: jobs.start_ledger(run, request.user, run_files_url(run)), run_files_url(run))


@permit("payroll.run.view")
@require_POST
def run_wage_sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a run's wage sheet as a PDF, and hand a short one over at once."""
    run = run_or_404(request, pk)
    options = {name: name in request.POST for name in ("employer", "subtotals")}
    back = run_files_url(run)
    try:
        outcome = jobs.start_sheet(run, request.user, back, options)
    except Refused as refusal:
        warn(request, str(refusal))
        return redirect(run_url(run))
    if isinstance(outcome, BackgroundJob):
        return redirect("agency:job", pk=outcome.pk)
    return handed(request, outcome, back)


@permit("payroll.run.pay")
@require_http_methods(["GET", "POST"])
def run_pay(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down that a run was paid without a bank batch, and why."""
    run = run_or_404(request, pk)

    def save(form: OutsideForm) -> str:
        try:
            given = form.cleaned_data
            pay_outside(run, given["how"], given["reason"], request.user, given["proof"])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return run_files_url(run)

    return edit(
        request,
        OutsideForm(request.POST or None),
        save,
        title=_("Paid without a bank file"),
        verb=_("Write it down"),
        done=_("Written down, with your name."),
        back=run_files_url(run),
        crumb=f"{run.client.short_name} {run.period}",
        lead=_("With a bank batch the state follows the bank's answer. This is for wages that went another way."),
    )


@permit("payroll.run.pay")
@require_http_methods(["GET", "POST"])
def run_proof(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down what proves that a run was paid without a bank batch."""
    run = run_or_404(request, pk)
    outside = get_object_or_404(PaidOutside.objects.filter(run=run))

    def save(form: ProofForm) -> str:
        try:
            prove_outside(outside, form.cleaned_data["proof"], request.user)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return run_files_url(run)

    return edit(
        request,
        ProofForm(request.POST or None),
        save,
        title=_("What proves the payment"),
        verb=_("Write it down"),
        done=_("Written down, with your name."),
        back=run_files_url(run),
        crumb=f"{run.client.short_name} {run.period}",
        lead=_("Written down once. It stands in the VAT evidence."),
    )


@permit("payroll.run.view")
@require_GET
def run_print(request: StaffRequest, pk: int) -> HttpResponse:
    """Show an approved run's payslips one below the other, for paper or the browser's “save as PDF”."""
    run = run_or_404(request, pk)
    if not run.is_final:
        warn(request, _("Payslips are printed once the run is approved."))
        return redirect(run_url(run))
    record("payroll.payslips.printed", subject=run, workers=run.headcount)
    slips = Payslip.objects.filter(run=run, errors=0).order_by("name_pinyin", "pk")
    page = Paginator(slips, PRINTED).get_page(request.GET.get("page"))
    context = {"run": run, "page_obj": page, "sheets": sheets_of(run, page.object_list)}
    return render(request, "payroll/files/print.html", context)


def _context(request: StaffRequest, run: PayrollRun, form: BatchForm | None = None) -> dict:
    mine = visible(request.user, MadeFile).filter(run=run, kind__in=(making.LEDGER, making.SHEET))
    latest = {file.kind: file for file in mine.order_by("kind", "-made_at", "-pk").distinct("kind")}
    left = still_to_pay(run) if run.is_final else Payslip.objects.none()
    owed = left.order_by().aggregate(count=Count("pk"), fen=Sum("net_fen"))
    return {
        "run": run,
        "batches": BankBatch.objects.filter(run=run).select_related("maker", "releaser", "layout"),
        "left": owed["count"],
        "left_fen": owed["fen"] or 0,
        "ledger": latest.get(making.LEDGER),
        "sheet": latest.get(making.SHEET),
        "form": form or (BatchForm() if owed["count"] else None),
        "sheet_form": SheetForm(),
        "tax_form": form_of(run),
        "outside": PaidOutside.objects.filter(run=run).select_related("said_by").first() if run.paid_at else None,
    }
