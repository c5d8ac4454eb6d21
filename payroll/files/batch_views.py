"""One bank batch: look at it, release it, take its file, bring back what the bank says."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.identifiers import mask_bank_account
from agency.pagination import paginate
from agency.permissions import can, permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.confirmation import confirmed
from agency.shell.toasts import toast, warn
from agency.spreadsheets.refusals import Refused as FileRefused
from payroll.models import BankBatch
from payroll.refusals import Refused

from .batches import parts_of
from .forms import PAID, AnswerForm
from .making import Unfit
from .releasing import answer, put_parts_aside, release_parts
from .returns import read_answers
from .views import handed


def batch_or_404(request: StaffRequest, pk: int) -> BankBatch:
    rows = visible(request.user, BankBatch).select_related("run__client", "layout", "file", "maker", "releaser")
    return get_object_or_404(rows, pk=pk)


def batch_url(batch: BankBatch) -> str:
    return reverse("payroll:batch", args=[batch.pk])


@permit("payroll.file.view")
@require_GET
def batch(request: StaffRequest, pk: int) -> HttpResponse:
    return render(request, "payroll/files/batch.html", _context(request, batch_or_404(request, pk)))


@permit("payroll.batch.release")
@require_POST
@confirmed(
    gettext_lazy("Release this batch?"),
    gettext_lazy("Release"),
    gettext_lazy("From now on its file can be taken to the bank."),
)
def batch_release(request: StaffRequest, pk: int) -> HttpResponse:
    return _step(request, pk, release_parts, _("Released. Take the file and upload it at the bank."))


@permit("payroll.batch.make")
@require_POST
@confirmed(gettext_lazy("Put this batch aside?"), gettext_lazy("Put aside"))
def batch_drop(request: StaffRequest, pk: int) -> HttpResponse:
    return _step(request, pk, put_parts_aside, _("Put aside. Its workers can go into another batch."))


@permit("payroll.batch.release")
@require_POST
@confirmed(
    gettext_lazy("Has everybody been paid?"),
    gettext_lazy("All paid"),
    gettext_lazy("Lines that came back stay as they are."),
)
def batch_paid(request: StaffRequest, pk: int) -> HttpResponse:
    def all_paid(batch: BankBatch, by: Any) -> BankBatch:
        return answer(batch, [], by, rest_paid=True)

    return _step(request, pk, all_paid, _("Written down: everybody is paid."))


@permit("payroll.batch.take")
@require_GET
def batch_file(request: StaffRequest, pk: int) -> HttpResponse:
    """Give the file of a released batch out."""
    batch = batch_or_404(request, pk)
    if batch.state not in (BankBatch.State.RELEASED, BankBatch.State.SETTLED):
        warn(request, _("This batch was not released: its file cannot be taken yet."))
        return redirect(batch_url(batch))
    return handed(request, batch.file, batch_url(batch))


@permit("payroll.batch.release")
@require_http_methods(["GET", "POST"])
def batch_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Take in the bank's file: all its rows, or none."""
    batch = batch_or_404(request, pk)
    form = AnswerForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"batch": batch, "run": batch.run, "form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            answers = read_answers(batch, file, file.name)
            answer(batch, answers, request.user, rest_paid=form.cleaned_data["rest"] == PAID)
        except Unfit as unfit:
            context["problems"] = unfit.problems[:200]
        except FileRefused as refused:
            form.add_error("file", str(refused.reason))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, _("Taken in: %(n)d rows of the bank.") % {"n": len(answers)})
            return redirect(batch_url(batch))
    return render(request, "payroll/files/answer.html", context, status=422 if request.method == "POST" else 200)


def _step(request: StaffRequest, pk: int, step: Callable[[BankBatch, Any], Any], done: str) -> HttpResponse:
    batch = batch_or_404(request, pk)
    try:
        step(batch, request.user)
    except Refused as refusal:
        warn(request, str(refusal))
    else:
        toast(request, done)
    return redirect(batch_url(batch))


def _context(request: StaffRequest, batch: BankBatch) -> dict[str, Any]:
    counts = {
        row["state"]: row
        for row in batch.lines.values("state").annotate(n=Count("pk"), fen=Sum("amount_fen")).order_by()
    }
    page = paginate(request, batch.lines.order_by("-reason", "state", "serial").select_related("worker"))
    for line in page.object_list:
        line.masked = mask_bank_account(line.account)
    parts = list(parts_of(batch).select_related("file")) if batch.parts > 1 else [batch]
    return {
        "batch": batch,
        "parts": parts if batch.parts > 1 else [],
        "parts_count": sum(part.count for part in parts),
        "parts_fen": sum(part.total_fen for part in parts),
        "run": batch.run,
        "counts": counts,
        "page_obj": page,
        "waits": batch.state == BankBatch.State.MADE,
        "may_release": can(request.user, "payroll.batch.release"),
        "may_take": can(request.user, "payroll.batch.take") and batch.state in ("released", "settled"),
        "is_own": request.user.pk == batch.maker_id,
        "State": BankBatch.State,
    }
