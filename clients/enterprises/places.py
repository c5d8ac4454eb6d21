"""A client's sites and posts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.permissions import permit, visible
from agency.shell.editing import edit
from clients.agreements.forms import PostForm
from clients.models import ClientEnterprise, Post, Site

from .forms import SiteForm
from .headcount import headcounts_by_site
from .views import client_or_404, frame


@permit("clients.client.view")
def places(request: HttpRequest, pk: int) -> HttpResponse:
    client = client_or_404(request, pk)
    by_site = headcounts_by_site(pk, today())
    sites = Site.objects.filter(client=client).order_by("-is_active", "kind", "name")
    posts = Post.objects.filter(client=client).order_by("-is_active", "name")
    context = frame(request, client, sites=[(site, by_site.get(site.pk, 0)) for site in sites], posts=posts)
    return render(request, "clients/enterprises/places.html", context)


@permit("clients.client.edit")
def site_new(request: HttpRequest, pk: int) -> HttpResponse:
    client = client_or_404(request, pk)
    return _edit(request, client, SiteForm(request.POST or None, instance=Site(client=client)), _("New place"))


@permit("clients.client.edit")
def site_edit(request: HttpRequest, pk: int) -> HttpResponse:
    site = get_object_or_404(visible(request.user, Site).select_related("client"), pk=pk)
    return _edit(request, site.client, SiteForm(request.POST or None, instance=site), _("Change place"))


@permit("clients.client.edit")
def post_new(request: HttpRequest, pk: int) -> HttpResponse:
    client = client_or_404(request, pk)
    return _edit(request, client, PostForm(request.POST or None, instance=Post(client=client)), _("New post"))


@permit("clients.client.edit")
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(visible(request.user, Post).select_related("client"), pk=pk)
    return _edit(request, post.client, PostForm(request.POST or None, instance=post), _("Change post"))


def _edit(request: HttpRequest, client: ClientEnterprise, form: SiteForm | PostForm, title: str) -> HttpResponse:
    back = reverse("clients:places", kwargs={"pk": client.pk})

    def save(form: SiteForm | PostForm) -> str:
        form.save()
        return back

    return edit(request, form, save, title=title, verb=_("Save"), done=_("Saved."), back=back, crumb=client.short_name)
