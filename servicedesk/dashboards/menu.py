from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register

register(Item(_("Team overview"), "home", "servicedesk:dashboard", permission="dashboards.team.view", order=5, tab=1))
