from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from .context import at_hand

INSUFFICIENT_PRIVILEGE = "42501"


class RefusedWrites:
    """Answer 403 when row-level security refused a write, instead of an internal error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        cause = exception.__cause__
        if isinstance(exception, DatabaseError) and getattr(cause, "pgcode", None) == INSUFFICIENT_PRIVILEGE:
            raise PermissionDenied from exception


class AgencyAtHand:
    """Keep the agency that was read with the person, so that no page reads it once more for its clock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with at_hand(request.user.agency if request.user.is_authenticated else None):
            return self.get_response(request)
