"""Place a worker, return a worker."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agency.permissions import permit, visible
from agency.shell.editing import edit
from workers.models import Placement, Worker
from workers.people.views import worker_or_404, worker_url

from .forms import PlacementForm, ReturnForm
from .placing import place
from .returns import return_worker


@permit("workers.worker.edit")
def placement_new(request: HttpRequest, pk: int) -> HttpResponse:
    worker = worker_or_404(request, pk)

    def save(form: PlacementForm) -> str:
        given = form.cleaned_data
        place(
            worker,
            given["post"].client,
            given["post"],
            given["from_day"],
            request.user,
            site=given["site"],
            until=given["last_day"],
            base_wage_fen=given["base_wage_fen"],
            internship=given["internship"],
            cover=given["cover"],
        )
        return worker_url(pk)

    return edit(
        request,
        PlacementForm(request.POST or None, staff=request.user),
        save,
        title=_("Dispatch %(name)s") % {"name": worker.name},
        verb=_("Dispatch"),
        done=_("Placed."),
        back=worker_url(pk),
        crumb=worker.name,
        lead=_("Whoever is at work elsewhere moves: the earlier placement ends the day before."),
    )


@permit("workers.worker.edit")
def placement_return(request: HttpRequest, pk: int) -> HttpResponse:
    rows = visible(request.user, Placement).select_related("worker", "client")
    placement = get_object_or_404(rows, pk=pk)

    def save(form: ReturnForm) -> str:
        return_worker(placement, form.cleaned_data["last_day"], form.cleaned_data["reason"], request.user)
        still_visible = visible(request.user, Worker).filter(pk=placement.worker_id).exists()
        return worker_url(placement.worker_id) if still_visible else reverse("workers:workers")

    return edit(
        request,
        ReturnForm(request.POST or None),
        save,
        title=_("%(name)s leaves %(client)s") % {"name": placement.worker.name, "client": placement.client.short_name},
        verb=_("Enter"),
        done=_("Entered. The labour contract goes on."),
        back=worker_url(placement.worker_id),
        crumb=placement.worker.name,
        lead=_("The labour contract goes on, and without work the minimum wage is due (Labour Contract Law 58)."),
    )
