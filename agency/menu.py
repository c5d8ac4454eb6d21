"""Our own entries of the menu."""

from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register
from agency.notifications.counting import unread_of

register(
    Item(_("Notifications"), "bell", "agency:notifications", order=90, counter=unread_of),
    Item(_("Me"), "person", "agency:account", group="", tab=5),
    Item(_("Staff"), "roster", "agency:staff", group="team", permission="agency.staff.manage", order=80),
    Item(_("Absences"), "person", "agency:absences", group="team", permission="agency.absence.record", order=81),
    Item(_("Audit log"), "shield", "agency:audit", group="team", permission="agency.audit.view", order=85),
    Item(_("Workdays"), "calendar", "agency:own_days", group="team", permission="agency.calendar.manage", order=82),
    Item(_("Background jobs"), "layers", "agency:jobs", group="team", permission="agency.jobs.view", order=95),
    Item(_("Settings"), "settings", "agency:settings", group="team", permission="agency.settings.manage", order=90),
)
