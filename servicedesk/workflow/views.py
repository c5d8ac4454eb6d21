from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agency.calendar import today
from agency.navigation import url_of
from agency.pagination import paginate
from agency.periods import Period
from agency.permissions import can, permit, sees_whole_agency
from agency.shell.toasts import toast, warn
from agency.tenancy.tasks import send
from servicedesk.communication import coverage
from servicedesk.workflow import approving
from servicedesk.workflow.changes import changes_in, days_words
from servicedesk.workflow.month_page import Month, month_of, weekday_names
from servicedesk.workflow.plan_models import Task
from servicedesk.workflow.plans import generate_plans
from servicedesk.workflow.procedure import ProcedureError, procedure_for
from servicedesk.workflow.procedure_page import rows_of
from servicedesk.workflow.request_reading import asked_ids, asked_period, asked_staff, client_toggles, planned_staff
from servicedesk.workflow.task_lines import lines_of
from servicedesk.workflow.task_page import task_page
from servicedesk.workflow.tasks import plan_month
from servicedesk.workflow.template_models import WorkflowTemplate
from servicedesk.workflow.today_page import hours_to_two_thirds, today_of

WHOM = 8


@permit("workflow.today.view")
@require_GET
def today_view(request: HttpRequest) -> HttpResponse:
    """The specialist's day, made for the phone."""
    on = today()
    people = coverage.whom_to_see(request.user, on)
    day, share = today_of(request.user, on), coverage.share_of_talk(request.user, Period.of(on))
    context = {
        "today": day,
        "progress": day.progress,
        "share": share,
        "hours_more": hours_to_two_thirds(share.talk_minutes, share.routine_minutes),
        "people": people[:WHOM],
        "people_count": len(people),
        "talk_url": url_of("servicedesk:log_new"),
        "whom_url": url_of("servicedesk:whom"),
    }
    return render(request, "servicedesk/workflow/today.html", context)


@permit("workflow.plan.view")
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """One specialist's month as a grid or a list, with the task that asks for attention first."""
    period, on = asked_period(request), today()
    staff = asked_staff(request, period)
    hidden = asked_ids(request, "off")
    month = month_of(staff, period, on, hidden)
    chosen = _chosen_task(request, month)
    context = {
        "month": month,
        "is_mine": staff == request.user,
        "people": planned_staff(period) if sees_whole_agency(request.user) else [],
        "view": "list" if request.GET.get("view") == "list" else "month",
        "page": task_page(chosen, on) if chosen else None,
        "previous": period.previous(),
        "next": period.next(),
        "toggles": client_toggles(request, month),
        "weekdays": weekday_names(),
        "changes": [(change, days_words(change)) for change in changes_in(month.plans)],
        "may_work": can(request.user, "workflow.task.work"),
        "may_generate": can(request.user, "workflow.plan.generate"),
    }
    return render(request, "servicedesk/workflow/plan.html", context)


@permit("workflow.task.work")
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """All tasks of one's own, over all months."""
    mine = Task.objects.filter(staff=request.user).select_related("client", "step")
    state = request.GET.get("state", "")
    rows = {"": mine.open(), "late": mine.late_on(today()), "closed": mine.closed()}.get(state, mine)
    rows = rows.order_by("-due_on" if state in ("closed", "all") else "due_on", "pk")
    page = paginate(request, rows)
    states = [("", _("Open")), ("late", _("Late")), ("closed", _("Closed")), ("all", _("All"))]
    context = {"page_obj": page, "lines": lines_of(page.object_list, today()), "states": states}
    return render(request, "servicedesk/workflow/tasks.html", context)


@permit("workflow.task.work")
@require_POST
def plan_submit(request: HttpRequest) -> HttpResponse:
    """Hand in one's drafts of a month."""
    period = asked_period(request)
    try:
        plans = approving.submit(request.user, period)
        toast(request, _("%(n)d plans are handed in") % {"n": len(plans)})
    except approving.PlanError as problem:
        warn(request, str(problem))
    return redirect(f"{reverse('servicedesk:plan')}?{urlencode({'month': str(period)})}")


@permit("workflow.plan.generate")
@require_POST
def plan_generate(request: HttpRequest) -> HttpResponse:
    """Make the plans of a month: one's own at once, the whole agency's in the background."""
    period = asked_period(request)
    whole_agency = request.POST.get("everybody") == "1"
    if whole_agency and not sees_whole_agency(request.user):
        raise PermissionDenied
    try:
        procedure_for(period)
        if whole_agency:
            send(plan_month, str(period))
            toast(request, _("Planning for everybody. The plans appear in a moment."))
        else:
            plans = generate_plans(period, request.user)
            toast(request, _("%(n)d plans are ready") % {"n": len(plans)})
    except ProcedureError as problem:
        warn(request, str(problem))
    return redirect(f"{reverse('servicedesk:plan')}?{urlencode({'month': str(period)})}")


@permit("workflow.plan.view")
@require_GET
def procedure(request: HttpRequest) -> HttpResponse:
    """The standard procedure as it holds in a month, read only."""
    period = asked_period(request)
    try:
        template = procedure_for(period)
    except ProcedureError as problem:
        return render(request, "servicedesk/workflow/procedure.html", {"problem": str(problem)})
    context = {
        "template": template,
        "rows": rows_of(template),
        "versions": WorkflowTemplate.objects.order_by("-is_draft", "-valid_from"),
    }
    return render(request, "servicedesk/workflow/procedure.html", context)


def _chosen_task(request: HttpRequest, month: Month) -> Task | None:
    asked = asked_ids(request, "task")
    mine = [line.task for _client, lines in month.groups for line in lines]
    chosen = next((task for task in mine if task.pk in asked), None)
    return chosen or (month.first_to_do.task if month.first_to_do else None)
