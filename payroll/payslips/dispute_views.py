"""The workers' disputes: a list to answer, and one with its payslip and its answer."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from agency.pagination import paginate
from agency.permissions import can, permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from agency.shell.toasts import warn
from payroll.models import PayslipDispute
from payroll.refusals import Refused

from .disputes import answer
from .forms import AnswerForm

WAITING, ANSWERED = "", "answered"


@permit("payroll.run.view")
@require_GET
def disputes(request: StaffRequest) -> HttpResponse:
    """List the disputes, those that wait for an answer first."""
    rows = visible(request.user, PayslipDispute).select_related("payslip__run__client", "answered_by")
    rows = rows.defer("payslip__inputs")
    waiting = rows.waiting().count()
    asked = request.GET.get("state", "")
    shown = rows.filter(answered_at__isnull=False) if asked == ANSWERED else rows.waiting().order_by("raised_at")
    context = {
        "page_obj": paginate(request, shown),
        "states": [(WAITING, _("To answer"), waiting), (ANSWERED, _("Replied"))],
        "waiting": waiting,
        "may_answer": can(request.user, "payroll.run.prepare"),
    }
    return render(request, "payroll/payslips/disputes.html", context)


@permit("payroll.run.prepare")
def dispute(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer one dispute; one that was answered goes back to the list."""
    rows = visible(request.user, PayslipDispute).select_related("payslip__run__client")
    raised = get_object_or_404(rows, pk=pk)
    back = reverse("payroll:disputes")
    if raised.answered_at is not None:
        warn(request, _("This was answered already."))
        return redirect(f"{back}?state={ANSWERED}")

    def save(form: AnswerForm) -> str:
        try:
            answer(raised, request.user, form.cleaned_data["outcome"], form.cleaned_data["answer"])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return back

    return edit(
        request,
        AnswerForm(request.POST or None),
        save,
        title=gettext_lazy("Answer %(name)s") % {"name": raised.payslip.name},
        verb=gettext_lazy("Send the answer"),
        done=gettext_lazy("Answered. The worker reads it behind the payslip's link."),
        back=back,
        crumb=gettext_lazy("Payslip questions"),
        lead=raised.said,
    )
