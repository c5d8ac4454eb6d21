"""The doors behind which personal numbers are shown, and the worker's accounts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.privacy import revealing
from agency.shell.editing import edit
from workers.models import BankAccount

from .accounts import change_account
from .forms import AccountForm
from .secrets import identity_number_of, number_of, phone_of
from .views import worker_or_404, worker_url


@permit("privacy.identity_number.reveal")
@require_http_methods(["GET", "POST"])
def identity_number(request: HttpRequest, pk: int) -> HttpResponse:
    return revealing.answer(request, identity_number_of(worker_or_404(request, pk)))


@permit("privacy.phone.reveal")
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    return revealing.answer(request, phone_of(worker_or_404(request, pk)))


@permit("privacy.bank_account.reveal")
@require_http_methods(["GET", "POST"])
def account_number(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(visible(request.user, BankAccount), pk=pk)
    return revealing.answer(request, number_of(account))


@permit("workers.worker.edit")
def account_new(request: StaffRequest, pk: int) -> HttpResponse:
    worker = worker_or_404(request, pk)

    def save(form: AccountForm) -> str:
        given = form.cleaned_data
        change_account(worker, given["bank"], given["holder"], given["number"], given["from_day"], request.user)
        return worker_url(pk)

    return edit(
        request,
        AccountForm(request.POST or None, initial={"holder": worker.name}),
        save,
        title=_("New account for the wages"),
        verb=_("Save"),
        done=_("From that day the wages go there."),
        back=worker_url(pk),
        crumb=worker.name,
    )
