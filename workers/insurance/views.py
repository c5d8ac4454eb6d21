"""A worker's social insurance: enrol and stop."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from agency.permissions import permit, visible
from agency.shell.editing import edit
from workers.models import InsuranceEnrolment
from workers.people.views import worker_or_404, worker_url

from .enrolling import enrol, stop
from .forms import EnrolmentForm, StopForm


@permit("workers.worker.edit")
def enrolment_new(request: HttpRequest, pk: int) -> HttpResponse:
    worker = worker_or_404(request, pk)

    def save(form: EnrolmentForm) -> str:
        enrol(worker, form.bases, form.cleaned_data["since"], request.user)
        return worker_url(pk)

    return edit(
        request,
        EnrolmentForm(request.POST or None),
        save,
        title=_("Social insurance"),
        verb=_("Save"),
        done=_("Insured from that month on."),
        back=worker_url(pk),
        crumb=worker.name,
        lead=_("What ran before ends with the month before."),
    )


@permit("workers.worker.edit")
def enrolment_stop(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = get_object_or_404(visible(request.user, InsuranceEnrolment).select_related("worker"), pk=pk)

    def save(form: StopForm) -> str:
        stop(enrolment, form.cleaned_data["last_month"], request.user)
        return worker_url(enrolment.worker_id)

    return edit(
        request,
        StopForm(request.POST or None),
        save,
        title=_("Stop social insurance"),
        verb=_("Stop"),
        done=_("It ends with that month."),
        back=worker_url(enrolment.worker_id),
        crumb=enrolment.worker.name,
    )
