"""When payslips go out: at a set hour, taken back before it, and who has not opened theirs yet."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from agency.shell.toasts import toast, warn
from payroll.refusals import Refused
from payroll.runs.views import run_or_404, run_url

from .forms import ScheduleForm
from .publishing import recall, schedule


@permit("payroll.run.prepare")
def run_schedule(request: StaffRequest, pk: int) -> HttpResponse:
    """Set the hour at which the payslips go out."""
    run = run_or_404(request, pk)

    def save(form: ScheduleForm) -> str:
        try:
            schedule(run, form.cleaned_data["at"], request.user)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return run_url(run)

    return edit(
        request,
        ScheduleForm(request.POST or None, run=run),
        save,
        title=gettext_lazy("When do the payslips go out?"),
        verb=gettext_lazy("Set the hour"),
        done=gettext_lazy("Set. Until then you can take it back."),
        back=run_url(run),
        crumb=str(run),
    )


@permit("payroll.run.prepare")
@require_POST
def run_recall(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the set hour back."""
    run = run_or_404(request, pk)
    try:
        recall(run, request.user)
    except Refused as refusal:
        warn(request, str(refusal))
    else:
        toast(request, _("Taken back. The payslips stay in until you publish them."))
    return redirect(reverse("payroll:run", args=[run.pk]))
