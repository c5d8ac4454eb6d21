from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agency.calendar import today
from agency.periods import Period
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast, warn
from servicedesk.workflow import approving
from servicedesk.workflow.changes import asked_for, days_words
from servicedesk.workflow.plan_models import MonthPlan
from servicedesk.workflow.plan_review import waiting_by_staff


@permit("workflow.plan.approve")
@require_GET
def plan_reviews(request: StaffRequest) -> HttpResponse:
    """Plans that wait for a decision, by specialist, with what differs from the standard."""
    context = {
        "groups": waiting_by_staff(),
        "asked": [(change, days_words(change)) for change in asked_for()],
        "next": Period.of(today()).next(),
    }
    return render(request, "servicedesk/workflow/plan_reviews.html", context)


@permit("workflow.plan.approve")
@require_POST
def plan_approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a plan the standard of its month."""
    plan = get_object_or_404(visible(request.user, MonthPlan), pk=pk)
    try:
        approving.approve(plan, request.user)
        toast(request, _("Approved: %(name)s, %(client)s") % _names(plan))
    except approving.PlanError as problem:
        warn(request, str(problem))
    return redirect("servicedesk:plan_reviews")


@permit("workflow.plan.approve")
@require_POST
def plan_return(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a plan back with a reason."""
    plan = get_object_or_404(visible(request.user, MonthPlan), pk=pk)
    try:
        approving.return_plan(plan, request.user, request.POST.get("reason", "")[:200])
        toast(request, _("Returned to %(name)s: %(client)s") % _names(plan))
    except approving.PlanError as problem:
        warn(request, str(problem))
    return redirect("servicedesk:plan_reviews")


def _names(plan: MonthPlan) -> dict[str, str]:
    return {"name": plan.staff.name, "client": plan.client.short_name}
