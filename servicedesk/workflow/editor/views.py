from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agency.calendar import calendar_for, today
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.formats import month
from agency.shell.toasts import toast, warn
from servicedesk.workflow.editor import versions
from servicedesk.workflow.editor.differences import before_of, changes_of
from servicedesk.workflow.editor.forms import PreviewForm, PublishForm
from servicedesk.workflow.editor.preview import preview, standing_conflicts
from servicedesk.workflow.editor.steps import requires_of
from servicedesk.workflow.procedure_page import rows_of
from servicedesk.workflow.template_models import WorkflowTemplate
from servicedesk.workflow.window_rules import Facts


@permit("workflow.plan.view")
@require_GET
def version(request: StaffRequest, pk: int) -> HttpResponse:
    """One version of the procedure: its steps, and what it changed."""
    found = get_object_or_404(_with_steps(request), pk=pk)
    context = {"template": found, "rows": rows_of(found), **_differences(found)}
    return render(request, "servicedesk/workflow/version.html", context)


@permit("workflow.template.edit")
@require_GET
def draft(request: StaffRequest) -> HttpResponse:
    """The version that is being written: steps in order, what does not fit, what changed, from when it shall hold."""
    found = _with_steps(request).filter(is_draft=True).first()
    if found is None:
        return redirect("servicedesk:procedure")
    rows = rows_of(found)
    context = {
        "template": found,
        "rows": rows,
        "conflicts": standing_conflicts([row.step for row in rows]),
        "form": PublishForm(initial={"first": versions.first_free_month(today())}),
        **_differences(found),
    }
    return render(request, "servicedesk/workflow/draft.html", context)


@permit("workflow.template.edit")
@require_POST
def draft_begin(request: StaffRequest) -> HttpResponse:
    """Copy the latest version as a draft, or go on with the one there is."""
    versions.begin_draft(request.user)
    return redirect("servicedesk:procedure_draft")


@permit("workflow.template.edit")
@require_POST
def draft_discard(request: StaffRequest) -> HttpResponse:
    """Put the draft away."""
    versions.discard_draft(request.user)
    toast(request, _("The draft is put away. The version in force stays as it is."))
    return redirect("servicedesk:procedure")


@permit("workflow.template.edit")
@require_POST
def draft_publish(request: StaffRequest) -> HttpResponse:
    """Let the draft hold from a month on."""
    found, form = versions.draft(), PublishForm(request.POST)
    if found is None or not form.is_valid():
        warn(request, _("Choose the first month of the version."))
        return redirect("servicedesk:procedure_draft")
    first = form.cleaned_data["first"]
    try:
        versions.publish(found, first, request.user)
    except ValidationError as problem:
        warn(request, " ".join(problem.messages))
        return redirect("servicedesk:procedure_draft")
    toast(request, _("Version %(n)d holds from %(month)s.") % {"n": found.version, "month": month(first)})
    return redirect("servicedesk:procedure_version", pk=found.pk)


@permit("workflow.plan.view")
@require_GET
def version_preview(request: StaffRequest, pk: int) -> HttpResponse:
    """Three months of a version at one client, city and pay day, with holidays, made-up days and conflicts."""
    found = get_object_or_404(_with_steps(request), pk=pk)
    form = PreviewForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    client = given.get("client")
    facts = Facts(
        calendar_for(),
        given.get("pay_day") or (client.pay_day if client else Facts.pay_day),
        given.get("city") or (client.city if client else ""),
    )
    steps = list(found.steps.all())
    first = versions.first_month_of(found, today())
    context = {
        "template": found,
        "form": form,
        "facts": facts,
        "months": preview(steps, requires_of(found), first, facts),
        "conflicts": standing_conflicts(steps),
    }
    return render(request, "servicedesk/workflow/preview.html", context)


def _with_steps(request: StaffRequest) -> QuerySet[WorkflowTemplate]:
    return visible(request.user, WorkflowTemplate).prefetch_related("steps__dependencies")


def _differences(template: WorkflowTemplate) -> dict[str, object]:
    before = before_of(template)
    return {"before": before, "changes": changes_of(template, before) if before else []}
