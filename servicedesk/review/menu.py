from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register
from agency.permissions.requests import StaffRequest

from .models import SpotCheckItem


def waiting(request: StaffRequest) -> int:
    """How many drawn talks still wait to be checked."""
    return SpotCheckItem.objects.waiting().count()


register(
    Item(
        _("Spot checks"), "dice", "servicedesk:spot_checks", group="talk",
        permission="review.spot_check.view", order=30, counter=waiting,
    )
)  # fmt: skip
