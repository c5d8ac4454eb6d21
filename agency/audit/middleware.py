from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .events import acting


class AuditContext:
    """Name the signed-in person, the address and the URL for whatever this request changes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        staff = request.user if request.user.is_authenticated else None
        with acting(staff, ip=request.META.get("REMOTE_ADDR", ""), source=request.path):
            return self.get_response(request)
