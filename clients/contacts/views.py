"""The people at a client."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agency.permissions import permit, visible
from agency.privacy import revealing
from agency.shell.editing import edit
from clients.enterprises.views import client_or_404, frame
from clients.models import ClientContact

from .forms import ContactForm
from .secrets import phone_of


@permit("clients.client.view")
def contacts(request: HttpRequest, pk: int) -> HttpResponse:
    client = client_or_404(request, pk)
    rows = ClientContact.objects.filter(client=client).select_related("site")
    rows = rows.order_by("-is_active", "name_pinyin", "pk")
    context = frame(request, client, contacts=[(contact, phone_of(contact)) for contact in rows])
    return render(request, "clients/contacts/contacts.html", context)


@permit("clients.contact.edit")
def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    client = client_or_404(request, pk)
    form = ContactForm(request.POST or None, instance=ClientContact(client=client))
    return _edit(request, form, _("New contact"))


@permit("clients.contact.edit")
def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    return _edit(request, ContactForm(request.POST or None, instance=contact), _("Change contact"))


@permit("privacy.phone.reveal")
@require_http_methods(["GET", "POST"])
def contact_phone(request: HttpRequest, pk: int) -> HttpResponse:
    return revealing.answer(request, phone_of(_contact(request, pk)))


def _contact(request: HttpRequest, pk: int) -> ClientContact:
    return get_object_or_404(visible(request.user, ClientContact).select_related("client"), pk=pk)


def _edit(request: HttpRequest, form: ContactForm, title: str) -> HttpResponse:
    client = form.instance.client
    back = reverse("clients:contacts", kwargs={"pk": client.pk})

    def save(form: ContactForm) -> str:
        form.save()
        return back

    return edit(request, form, save, title=title, verb=_("Save"), done=_("Saved."), back=back, crumb=client.short_name)
