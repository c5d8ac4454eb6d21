"""Workers: the roster, one worker's page, and the person's particulars."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.permissions import permit, visible
from agency.shell.editing import edit
from clients.enterprises.views import client_or_404, frame
from clients.models import ClientEnterprise
from workers.models import BankAccount, InsuranceEnrolment, LabourContract, Placement, Worker
from workers.placements.placing import current_placement

from .filters import WorkerFilter
from .forms import EmployForm, WorkerForm
from .hiring import correct, employ
from .listing import Listing, listing
from .secrets import identity_number_of, number_of, phone_of
from .standing import standing


def worker_or_404(request: HttpRequest, pk: int) -> Worker:
    """Return a worker the person may see."""
    return get_object_or_404(visible(request.user, Worker), pk=pk)


def worker_url(pk: int) -> str:
    return reverse("workers:worker", kwargs={"pk": pk})


@permit("workers.worker.view")
def workers(request: HttpRequest) -> HttpResponse:
    filters, found = _roster(request, request.GET)
    template = "workers/people/workers.html"
    part = request.htmx and not request.htmx.boosted
    return render(request, f"{template}#found" if part else template, {"filters": filters, "listing": found})


@permit("workers.worker.view")
def of_client(request: HttpRequest, pk: int) -> HttpResponse:
    client = client_or_404(request, pk)
    filters, found = _roster(request, {**request.GET.dict(), "client": str(pk)}, client)
    context = frame(request, client, filters=filters, listing=found)
    template = "workers/people/of_client.html"
    part = request.htmx and not request.htmx.boosted
    return render(request, f"{template}#found" if part else template, context)


@permit("workers.worker.view")
def worker(request: HttpRequest, pk: int) -> HttpResponse:
    found, on = worker_or_404(request, pk), today()
    placements = visible(request.user, Placement).filter(worker=found).select_related("client", "site", "post")
    placement = current_placement(found, on)
    accounts = BankAccount.objects.filter(worker=found)
    context = {
        "worker": found,
        "placement": placement,
        "standing": standing(found, placement or placements.first(), on),
        "age": _age(found, on),
        "identity_number": identity_number_of(found),
        "phone": phone_of(found),
        "placements": placements,
        "contracts": LabourContract.objects.filter(worker=found),
        "enrolments": InsuranceEnrolment.objects.filter(worker=found),
        "accounts": [(account, number_of(account)) for account in accounts],
        "today": on,
    }
    return render(request, "workers/people/worker.html", context)


@permit("workers.worker.edit")
def worker_new(request: HttpRequest) -> HttpResponse:
    def save(form: EmployForm) -> str:
        return worker_url(employ(form.instance, form.terms, request.user, form.start).pk)

    return edit(
        request,
        EmployForm(request.POST or None, staff=request.user, client=request.GET.get("client")),
        save,
        title=_("Employ a worker"),
        verb=_("Employ"),
        done=_("Employed. Next: social insurance and the account for the wages."),
        back=reverse("workers:workers"),
        crumb=_("Workers"),
    )


@permit("workers.worker.edit")
def worker_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = worker_or_404(request, pk)
    name = found.name
    return edit(
        request,
        WorkerForm(request.POST or None, instance=found),
        lambda form: worker_url(correct(form.instance, request.user).pk),
        title=_("Change particulars"),
        verb=_("Save"),
        done=_("Saved."),
        back=worker_url(pk),
        crumb=name,
    )


def _roster(request: HttpRequest, asked: Any, client: ClientEnterprise | None = None) -> tuple[WorkerFilter, Listing]:
    filters = WorkerFilter(asked, queryset=visible(request.user, Worker), request=request, client=client)
    if not filters.is_valid():
        raise Http404
    return filters, listing(filters, request.GET.get("page"), today())


def _age(found: Worker, on: Any) -> int:
    """The birth date itself stays out of the page: beside the mask it would complete the identity number."""
    born = found.birth_date
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
