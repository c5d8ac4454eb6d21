"""What a view behind `@permit` or `@signed_in` is given."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from agency.staff.models import StaffMember


class StaffRequest(HttpRequest):
    """A request of a signed-in staff member; never instantiated, it only tells the type checker."""

    user: "StaffMember"  # type: ignore[assignment]
    htmx: "HtmxDetails"
