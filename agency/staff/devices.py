"""Know a device on which staff have signed in, long after they signed out."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE, SALT = "device", "agency.staff.device"
YEAR = 365 * 24 * 3600


def is_staff_device(request: HttpRequest, agency_id: int) -> bool:
    """Tell whether anybody of the agency ever signed in with this browser (as far as its cookies go back)."""
    return str(agency_id) in _agencies(request)


def _agencies(request: HttpRequest) -> list[str]:
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    return value.split(".") if value else []


class StaffDevices:
    """Mark the browser of whoever is signed in; the mark outlives the session and names only the agency."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        agency_id = str(getattr(request.user, "agency_id", None) or "")
        known = _agencies(request)
        if agency_id and agency_id not in known:
            response.set_signed_cookie(
                COOKIE,
                ".".join([*known, agency_id]),
                salt=SALT,
                max_age=YEAR,
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response
