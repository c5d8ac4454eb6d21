from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register

from .models import SpotCheckItem


def waiting(request: HttpRequest) -> int:
    """How many drawn talks still wait to be checked."""
    return SpotCheckItem.objects.waiting().count()


register(
    Item(
        _("Spot checks"), "dice", "servicedesk:spot_checks", group="talk",
        permission="review.spot_check.view", order=30, counter=waiting,
    )
)  # fmt: skip
