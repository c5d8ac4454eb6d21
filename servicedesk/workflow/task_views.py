from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.calendar import today
from agency.periods import Period
from agency.permissions import permit, visible
from agency.shell.toasts import toast, warn
from agency.staff.absences import theirs_or_stood_in
from servicedesk.workflow import closing
from servicedesk.workflow.attachments import FileError, content_type
from servicedesk.workflow.closing import TaskError
from servicedesk.workflow.forms import AddTaskForm, CloseForm, ReasonForm
from servicedesk.workflow.plan_models import Task, TaskFile
from servicedesk.workflow.queries import progress_of
from servicedesk.workflow.task_lines import lines_of
from servicedesk.workflow.task_page import task_page


@permit("workflow.plan.view")
@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: what it waits for, how it closes, what was put in. Beside the month it comes as a panel."""
    found = get_object_or_404(_with_client(visible(request.user, Task)), pk=pk)
    template = "servicedesk/workflow/task.html"
    return render(request, f"{template}#panel" if request.htmx else template, _task_context(request, found))


@permit("workflow.task.work")
@require_POST
def task_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close one's task by word or file, or a colleague's while standing in; a tick on a list gives back its line."""
    found = get_object_or_404(_with_client(_to_work(request)), pk=pk)
    form = CloseForm(request.POST, request.FILES, task=found)
    if not form.is_valid():
        return _task_again(request, found, form)
    try:
        closed = closing.close_by_hand(found, request.user, form.cleaned_data["note"], form.cleaned_data.get("upload"))
    except (TaskError, FileError) as problem:
        form.add_error("upload" if "upload" in form.fields else None, str(problem))
        return _task_again(request, found, form)
    words = _("“%(task)s” is noted and closes when the step before it does") if closed.is_open else _("“%(task)s” done")
    toast(request, words % {"task": closed.label}, undo=reverse("servicedesk:task_reopen", args=[pk]))
    if not request.htmx:
        return redirect("servicedesk:task", pk=pk)
    context = {
        "line": lines_of([_with_client(Task.objects).get(pk=pk)], today())[0],
        "progress": progress_of(request.user, Period.of(today())),
    }
    return render(request, "servicedesk/workflow/ticked.html", context)


@permit("workflow.task.work")
@require_POST
def task_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one closed by hand."""
    found = get_object_or_404(_to_work(request), pk=pk)
    return _act(request, found, lambda: closing.reopen(found, request.user))


@permit("workflow.plan.approve")
@require_POST
def task_skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a task aside as not needed, with a reason."""
    found = get_object_or_404(visible(request.user, Task), pk=pk)
    reason = request.POST.get("reason", "")[: ReasonForm.base_fields["reason"].max_length]
    return _act(request, found, lambda: closing.skip(found, request.user, reason))


@permit("workflow.plan.approve")
@require_POST
def task_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a task up again that was set aside."""
    found = get_object_or_404(visible(request.user, Task), pk=pk)
    return _act(request, found, lambda: closing.take_up(found, request.user))


@permit("workflow.task.work")
@require_http_methods(["GET", "POST"])
def task_new(request: HttpRequest) -> HttpResponse:
    """Add a task of one's own to a plan."""
    form = AddTaskForm(request.POST or None, staff=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            added = closing.add_task(request.user, **form.cleaned_data)
        except TaskError as problem:
            form.add_error(None, str(problem))
        else:
            toast(request, _("“%(task)s” is in the plan") % {"task": added.label})
            return redirect(f"{reverse('servicedesk:plan')}?month={added.period}&task={added.pk}")
    status = 422 if request.method == "POST" else 200
    return render(request, "servicedesk/workflow/task_new.html", {"form": form}, status=status)


@permit("workflow.plan.view")
@require_GET
def task_file(request: HttpRequest, pk: int) -> FileResponse:
    """Send a file that was put in; never shown inside our pages."""
    file = get_object_or_404(visible(request.user, TaskFile), pk=pk)
    return FileResponse(file.content.open(), as_attachment=True, filename=file.name, content_type=content_type(file))


def _to_work(request: HttpRequest) -> Any:
    return Task.objects.filter(theirs_or_stood_in(request.user, today()))


def _with_client(rows: Any) -> Any:
    return rows.select_related("client", "step", "staff", "done_by")


def _task_context(request: HttpRequest, found: Task, form: CloseForm | None = None) -> dict[str, Any]:
    mine = _to_work(request).filter(pk=found.pk).exists()
    return {
        "page": task_page(found, today()),
        "is_mine": mine,
        "form": (form or CloseForm(task=found)) if mine and found.is_by_hand else None,
    }


def _task_again(request: HttpRequest, found: Task, form: CloseForm) -> HttpResponse:
    context = _task_context(request, found, form)
    return render(request, "servicedesk/workflow/task.html", context, status=422)


def _act(request: HttpRequest, found: Task, act: Any) -> HttpResponse:
    try:
        act()
    except TaskError as problem:
        warn(request, str(problem))
    came_from = request.headers.get("Referer", "")
    stays = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return redirect(came_from if stays else reverse("servicedesk:task", args=[found.pk]))
