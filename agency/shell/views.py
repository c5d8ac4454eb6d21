"""The gallery of components, for developers and administrators, and the theme for browsers without script."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from agency.permissions import can, public

from . import gallery
from .context import THEMES

YEAR_SECONDS = 365 * 24 * 3600


@public
@require_GET
def design(request: HttpRequest) -> HttpResponse:
    """Show every component; closed to the public where `SHOW_DESIGN_PAGES` is off."""
    if not settings.SHOW_DESIGN_PAGES and not can(request.user, "agency.settings.manage"):
        raise PermissionDenied
    page = Paginator(range(86), 20).get_page(request.GET.get("page"))
    form = gallery.ExampleForm(gallery.FILLED_IN)
    return render(request, "design/gallery.html", gallery.SAMPLES | {"form": form, "page_obj": page})


@public
@require_GET
def design_detail(request: HttpRequest) -> HttpResponse:
    """Show a detail for the gallery's drawer."""
    return render(request, "design/detail.html", {"lines": gallery.SAMPLES["lines"]})


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie and go back to where it was chosen."""
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "/")
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR_SECONDS, samesite="Lax")
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
