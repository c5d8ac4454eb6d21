from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from agency.shell.toasts import toast, warn
from servicedesk.workflow import adapting
from servicedesk.workflow.change_models import PlanChange
from servicedesk.workflow.closing import TaskError
from servicedesk.workflow.forms import MoveForm
from servicedesk.workflow.plan_models import MonthPlan, Task


@permit("workflow.task.work")
@require_http_methods(["GET", "POST"])
def task_move(request: StaffRequest, pk: int) -> HttpResponse:
    """Set other days of one's task, or ask for them in an approved plan."""
    task: Task = get_object_or_404(Task.objects.select_related("plan", "client").filter(staff=request.user), pk=pk)
    back = reverse("servicedesk:task", args=[pk])
    asks = task.plan.state == MonthPlan.State.APPROVED

    def save(form: MoveForm) -> str:
        try:
            adapting.move(task, request.user, **form.cleaned_data)
        except TaskError as problem:
            raise ValidationError(str(problem)) from None
        if words := adapting.out_of_order(task, form.cleaned_data["due_on"]):
            warn(request, words)
        return back

    return edit(
        request,
        MoveForm(request.POST or None, initial={"opens_on": task.opens_on, "due_on": task.due_on}),
        save,
        title=_("Other days for “%(task)s”") % {"task": task.label},
        verb=_("Ask for it") if asks else _("Set the days"),
        done=_("Head office decides on it.") if asks else _("The days are set."),
        back=back,
        crumb=task.label,
        lead=_("The plan is approved: the change holds once head office agrees.") if asks else "",
    )


@permit("workflow.task.work")
@require_POST
def task_leave_out(request: StaffRequest, pk: int) -> HttpResponse:
    """Leave one's task out with a reason, or ask for it in an approved plan."""
    task: Task = get_object_or_404(Task.objects.filter(staff=request.user), pk=pk)
    try:
        change = adapting.leave_out(task, request.user, request.POST.get("reason", "")[:200])
        asked = change.state == PlanChange.State.ASKED
        toast(request, _("Head office decides on it.") if asked else _("“%(task)s” is left out") % {"task": task.label})
    except TaskError as problem:
        warn(request, str(problem))
    return redirect("servicedesk:task", pk=pk)


@permit("workflow.plan.approve")
@require_POST
def change_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Agree to a change of an approved plan, or decline it."""
    change = get_object_or_404(visible(request.user, PlanChange), pk=pk)
    agree = request.POST.get("agree") == "1"
    try:
        adapting.decide(change, request.user, agree)
        toast(request, _("Agreed.") if agree else _("Declined."))
    except TaskError as problem:
        warn(request, str(problem))
    return redirect("servicedesk:plan_reviews")
