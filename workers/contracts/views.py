"""A worker's labour contracts: sign and end."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from agency.permissions import permit, visible
from agency.shell.editing import edit
from agency.shell.toasts import warn
from workers.models import LabourContract
from workers.people.views import worker_or_404, worker_url

from .forms import ContractForm, EndingForm
from .signing import end_contract, sign_contract, still_insured


@permit("workers.worker.edit")
def contract_new(request: HttpRequest, pk: int) -> HttpResponse:
    worker = worker_or_404(request, pk)

    def save(form: ContractForm) -> str:
        sign_contract(worker, form.terms, request.user)
        return worker_url(pk)

    return edit(
        request,
        ContractForm(request.POST or None, initial={"starts_on": worker.left_on}),
        save,
        title=_("New labour contract"),
        verb=_("Sign"),
        done=_("The contract is on file."),
        back=worker_url(pk),
        crumb=worker.name,
    )


@permit("workers.worker.edit")
def contract_end(request: HttpRequest, pk: int) -> HttpResponse:
    contract = get_object_or_404(visible(request.user, LabourContract).select_related("worker"), pk=pk)

    def save(form: EndingForm) -> str:
        given = form.cleaned_data
        ended = end_contract(contract, given["last_day"], given["reason"], request.user)
        if still_insured(contract.worker, ended.valid_to):
            warn(request, _("Social insurance still runs. Stop it with its last month."))
        return worker_url(contract.worker_id)

    return edit(
        request,
        EndingForm(request.POST or None),
        save,
        title=_("End the labour contract"),
        verb=_("End it"),
        done=_("The contract ends on that day."),
        back=worker_url(contract.worker_id),
        crumb=contract.worker.name,
        lead=_("The placement ends the same day. The history stays."),
    )
