"""The dispatch agreements with a client."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.permissions import permit, visible
from agency.shell.editing import edit
from clients.enterprises.views import client_or_404, frame
from clients.models import DispatchAgreement

from .concluding import conclude
from .forms import AgreementForm


@permit("clients.client.view")
def agreements(request: HttpRequest, pk: int) -> HttpResponse:
    client = client_or_404(request, pk)
    rows = DispatchAgreement.objects.filter(client=client)
    return render(request, "clients/agreements/agreements.html", frame(request, client, agreements=rows, today=today()))


@permit("clients.client.edit")
def agreement_new(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = DispatchAgreement(client=client_or_404(request, pk))
    return _edit(request, AgreementForm(request.POST or None, instance=agreement), _("New agreement"))


@permit("clients.client.edit")
def agreement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = get_object_or_404(visible(request.user, DispatchAgreement).select_related("client"), pk=pk)
    return _edit(request, AgreementForm(request.POST or None, instance=agreement), _("Change agreement"))


def _edit(request: HttpRequest, form: AgreementForm, title: str) -> HttpResponse:
    client = form.instance.client
    back = reverse("clients:agreements", kwargs={"pk": client.pk})

    def save(form: AgreementForm) -> str:
        conclude(form.save(commit=False))
        return back

    return edit(request, form, save, title=title, verb=_("Save"), done=_("Saved."), back=back, crumb=client.short_name)
