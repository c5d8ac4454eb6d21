from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from agency.pagination import paginate
from agency.permissions import permit
from agency.permissions.requests import StaffRequest

from .counting import unread_of


@permit("agency.notifications.view")
@require_GET
def notifications(request: StaffRequest) -> HttpResponse:
    """List what the person was told, newest first."""
    page = paginate(request, request.user.notifications.all())
    return render(request, "agency/notifications/list.html", {"page_obj": page, "unread": unread_of(request)})


@permit("agency.notifications.view")
@require_GET
def bell(request: StaffRequest) -> HttpResponse:
    """The bell with the number of unread notifications; the shell asks for it every minute."""
    return render(request, "agency/notifications/bell.html", {"unread": unread_of(request)})


@permit("agency.notifications.view")
@require_POST
def open_notification(request: StaffRequest, pk: int) -> HttpResponse:
    """Mark one as read and go to where it leads."""
    notification = get_object_or_404(request.user.notifications, pk=pk)
    request.user.notifications.filter(pk=pk).mark_read()
    inside = url_has_allowed_host_and_scheme(notification.url, allowed_hosts=None)
    return redirect(notification.url if inside else "agency:notifications")


@permit("agency.notifications.view")
@require_POST
def read_all(request: StaffRequest) -> HttpResponse:
    """Mark everything as read."""
    request.user.notifications.mark_read()
    return redirect("agency:notifications")
