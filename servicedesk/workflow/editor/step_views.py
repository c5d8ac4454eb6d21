from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast, warn
from servicedesk.workflow.editor import steps, versions
from servicedesk.workflow.editor.forms import StepForm
from servicedesk.workflow.editor.window_forms import KINDS, window_form
from servicedesk.workflow.template_models import WorkflowStep

PLACES = {"up": -1, "down": 1}


@permit("workflow.template.edit")
@require_http_methods(["GET", "POST"])
def step_new(request: StaffRequest) -> HttpResponse:
    """Put a step into the draft."""
    template = versions.draft()
    if template is None:
        return redirect("servicedesk:procedure")
    return _edit(request, WorkflowStep(template=template))


@permit("workflow.template.edit")
@require_http_methods(["GET", "POST"])
def step_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a step of the draft."""
    return _edit(request, get_object_or_404(visible(request.user, WorkflowStep), pk=pk))


@permit("workflow.template.edit")
@require_GET
def step_window(request: StaffRequest) -> HttpResponse:
    """The fields of one kind of window."""
    context = {"window": window_form(request.GET.get("kind", ""))}
    return render(request, "servicedesk/workflow/step.html#window", context)


@permit("workflow.template.edit")
@require_POST
def step_move(request: StaffRequest, pk: int) -> HttpResponse:
    """Move a step up or down."""
    step = get_object_or_404(visible(request.user, WorkflowStep), pk=pk)
    try:
        steps.move_step(step, PLACES.get(request.POST.get("to", ""), 0), request.user)
    except ValidationError as problem:
        warn(request, " ".join(problem.messages))
    return redirect("servicedesk:procedure_draft")


@permit("workflow.template.edit")
@require_POST
def step_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a step out."""
    step = get_object_or_404(visible(request.user, WorkflowStep), pk=pk)
    try:
        steps.remove_step(step, request.user)
        toast(request, _("“%(step)s” is taken out of the draft") % {"step": step.label})
    except ValidationError as problem:
        warn(request, " ".join(problem.messages))
    return redirect("servicedesk:procedure_draft")


def _edit(request: StaffRequest, step: WorkflowStep) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    kind = request.POST.get("kind") or request.GET.get("kind") or (step.window or {}).get("rule", "days")
    form, window = StepForm(posted, instance=step), window_form(kind, posted, step.window)
    if posted is not None and form.is_valid() & window.is_valid():
        step.window = window.rule()
        if _save(form, step, request):
            toast(request, _("“%(step)s” is in the draft") % {"step": step.label})
            return redirect("servicedesk:procedure_draft")
    context: dict[str, Any] = {"form": form, "window": window, "kind": kind, "kinds": KINDS, "step": step}
    return render(request, "servicedesk/workflow/step.html", context, status=200 if posted is None else 422)


def _save(form: StepForm, step: WorkflowStep, request: StaffRequest) -> bool:
    try:
        with transaction.atomic():
            steps.save_step(step, form.cleaned_data["after"], request.user)
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    return True
