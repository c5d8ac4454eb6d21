"""Posters: a code for each site that anybody there may scan to ask, without a name."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.tenancy.context import current_agency
from clients.models import Site
from servicedesk.communication.confirming import qr_of

from .links import poster_url

PRINT = "cases.poster.print"


@permit(PRINT)
@require_GET
def case_posters(request: StaffRequest) -> HttpResponse:
    """List the sites whose poster one may print."""
    sites = visible(request.user, Site).filter(is_active=True).select_related("client")
    return render(request, "servicedesk/cases/posters.html", {"sites": sites.order_by("client__name_pinyin", "name")})


@permit(PRINT)
@require_GET
def case_poster(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one site's poster, to be printed."""
    site = get_object_or_404(visible(request.user, Site).select_related("client"), pk=pk)
    url = poster_url(site, request.build_absolute_uri("/"))
    context = {"site": site, "url": url, "qr": qr_of(url), "agency_name": current_agency().short_name}
    return render(request, "servicedesk/cases/poster.html", context)
