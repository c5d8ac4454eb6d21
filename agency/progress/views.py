from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from agency.pagination import paginate
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest

from . import jobs
from .models import BackgroundJob


@permit("agency.jobs.view")
@require_GET
def job_list(request: StaffRequest) -> HttpResponse:
    """List background jobs, newest first."""
    page = paginate(request, visible(request.user, BackgroundJob))
    return render(request, "agency/progress/list.html", {"page_obj": page})


@permit("agency.jobs.view")
@require_GET
def job_progress(request: StaffRequest, pk: int) -> HttpResponse:
    """Show how far a job is; htmx asks for the bar alone until the job has ended."""
    job = _job(request, pk)
    template = "agency/progress/job.html#bar" if request.htmx else "agency/progress/job.html"
    mine = jobs.may_control(request.user, job)
    context = {
        "job": job,
        "may_cancel": mine and job.is_active,
        "may_repeat": mine and jobs.is_repeatable(job),
    }
    return render(request, template, context)


@permit("agency.jobs.view")
@require_POST
def job_cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop a job."""
    jobs.cancel(_own_job(request, pk).pk)
    return redirect("agency:job", pk=pk)


@permit("agency.jobs.view")
@require_POST
def job_repeat(request: StaffRequest, pk: int) -> HttpResponse:
    """Run a job again that failed, was cancelled or lost its worker."""
    job = _own_job(request, pk)
    if jobs.is_repeatable(job):
        job = jobs.repeat(job, by=request.user)
    return redirect("agency:job", pk=job.pk)


def _job(request: StaffRequest, pk: int) -> BackgroundJob:
    return get_object_or_404(visible(request.user, BackgroundJob), pk=pk)


def _own_job(request: StaffRequest, pk: int) -> BackgroundJob:
    job = _job(request, pk)
    if not jobs.may_control(request.user, job):
        raise PermissionDenied
    return job
