"""Clients: the list, one client's overview, and its particulars."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.pagination import paginate
from agency.permissions import permit, visible
from agency.shell.editing import edit
from clients.agreements.concluding import current_agreement
from clients.assignments.handing_over import lead_of
from clients.contacts.secrets import phone_of
from clients.models import ClientContact, ClientEnterprise, Site

from .forms import ClientForm, PartingForm
from .headcount import Headcount, headcounts, headcounts_by_site
from .queries import cards, clients_for
from .share import share_of
from .tabs import tabs_of
from .taking_on import part_from, take_on

PAGE = 60


def client_or_404(request: HttpRequest, pk: int) -> ClientEnterprise:
    """Return a client the person may see."""
    return get_object_or_404(visible(request.user, ClientEnterprise), pk=pk)


def frame(request: HttpRequest, client: ClientEnterprise, **context: Any) -> dict[str, Any]:
    """Return what every page of a client needs: its head and tabs."""
    return {"client": client, "lead": lead_of(client, today()), "tabs": tabs_of(request, client), **context}


@permit("clients.client.view")
def clients(request: HttpRequest) -> HttpResponse:
    query, ended = request.GET.get("q", ""), request.GET.get("state") == "ended"
    page = paginate(request, clients_for(request.user, query, ended), PAGE)
    context = {"page": page, "cards": cards(list(page.object_list), today()), "query": query, "ended": ended}
    template = "clients/enterprises/clients.html"
    return render(request, f"{template}#found" if request.htmx and not request.htmx.boosted else template, context)


@permit("clients.client.view")
def client(request: HttpRequest, pk: int) -> HttpResponse:
    found, on = client_or_404(request, pk), today()
    count = headcounts([pk], on).get(pk, Headcount())
    by_site = headcounts_by_site(pk, on)
    agreement = current_agreement(found, on)
    contacts = ClientContact.objects.filter(client=found, is_active=True).order_by("name_pinyin", "pk")
    context = frame(
        request,
        found,
        headcount=count,
        share=share_of(count.now, found.own_staff),
        agreement=agreement,
        sites=[(site, by_site.get(site.pk, 0)) for site in Site.objects.filter(client=found, is_active=True)],
        posts=found.posts.filter(is_active=True),
        contacts=[(contact, phone_of(contact)) for contact in contacts[:8]],
        days_left=(agreement.valid_to - on).days if agreement and agreement.valid_to else None,
    )
    return render(request, "clients/enterprises/client.html", context)


@permit("clients.client.edit")
def client_new(request: HttpRequest) -> HttpResponse:
    return edit(
        request,
        ClientForm(request.POST or None),
        lambda form: _url(take_on(form.save(commit=False))),
        title=_("New client"),
        verb=_("Enter client"),
        done=_("The client is entered. Next: its places, posts and agreement."),
        back=reverse("clients:clients"),
        crumb=_("Clients"),
    )


@permit("clients.client.edit")
def client_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = client_or_404(request, pk)
    return edit(
        request,
        ClientForm(request.POST or None, instance=found),
        lambda form: _url(form.save()),
        title=_("Change client"),
        verb=_("Save"),
        done=_("Saved."),
        back=_url(found),
        crumb=found.short_name,
    )


@permit("clients.client.edit")
def client_part(request: HttpRequest, pk: int) -> HttpResponse:
    found = client_or_404(request, pk)
    return edit(
        request,
        PartingForm(request.POST or None, initial={"last_day": today()}),
        lambda form: _url(part_from(found, form.cleaned_data["last_day"])),
        title=_("End the service"),
        verb=_("End it"),
        done=_("The service ends on that day."),
        back=_url(found),
        crumb=found.short_name,
        lead=_("Agreements and assignments end with it. All that happened stays on record."),
    )


def _url(client: ClientEnterprise) -> str:
    return reverse("clients:client", kwargs={"pk": client.pk})
