"""Our own entries of the menu."""

from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register

register(
    Item(_("Me"), "person", "agency:account", group="", tab=5),
    Item(_("Staff"), "roster", "agency:staff", group="team", permission="agency.staff.manage", order=80),
    Item(_("Audit log"), "shield", "agency:audit", group="team", permission="agency.audit.view", order=85),
    Item(_("Settings"), "settings", "agency:settings", group="team", permission="agency.settings.manage", order=90),
)
