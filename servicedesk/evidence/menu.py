from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register

register(Item(_("Signs"), "search", "servicedesk:signs", group="talk", permission="review.spot_check.view", order=35))
