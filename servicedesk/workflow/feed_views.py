"""The private calendar address: its page, and what phones ask."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from agency.calendar import today
from agency.models import Agency
from agency.permissions import permit, public
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast
from agency.tenancy.context import tenant
from servicedesk.workflow import calendar_feed
from servicedesk.workflow.feed_models import CalendarLink


@permit("workflow.today.view")
@require_GET
@never_cache
def calendar_link(request: StaffRequest) -> HttpResponse:
    """Show one's own address, how to add it, and how to replace it."""
    link = CalendarLink.objects.filter(staff=request.user).first()
    url = calendar_feed.url_of(link) if link else ""
    context = {
        "link": link,
        "url": url,
        "subscribe": url.replace("https://", "webcal://").replace("http://", "webcal://"),
    }
    return render(request, "servicedesk/workflow/calendar_link.html", context)


@permit("workflow.today.view")
@require_POST
def calendar_link_make(request: StaffRequest) -> HttpResponse:
    calendar_feed.make_link(request.user)
    toast(request, _("The address is ready. An earlier one no longer answers."))
    return redirect("servicedesk:calendar_link")


@permit("workflow.today.view")
@require_POST
def calendar_link_drop(request: StaffRequest) -> HttpResponse:
    calendar_feed.drop_link(request.user)
    toast(request, _("The address no longer answers."))
    return redirect("servicedesk:calendar_link")


@public
@require_GET
@never_cache
def calendar_feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a phone's calendar; a replaced or forged address is not there."""
    try:
        agency_id, pk, secret = calendar_feed.read(token)
        if not Agency.objects.filter(pk=agency_id, suspended_at=None).exists():
            raise calendar_feed.BadFeed
        with tenant(agency_id):
            data = calendar_feed.calendar_of(calendar_feed.owner(pk, secret), today())
    except calendar_feed.BadFeed:
        return HttpResponse(status=404)
    return HttpResponse(data, content_type="text/calendar; charset=utf-8")
