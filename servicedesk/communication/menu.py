"""The room's entries of the menu."""

from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register
from agency.panels import Action, register_action

register(
    Item(
        _("Talks"),
        "chat",
        "servicedesk:logs",
        group="talk",
        permission="communication.log.view",
        order=10,
        tab=2,
        tab_label=_("Talk"),
    ),
    Item(_("Whom to see"), "people", "servicedesk:whom", group="talk", permission="communication.log.write", order=20),
    Item(
        _("Doubtful answers"),
        "question",
        "servicedesk:doubts",
        group="talk",
        permission="communication.doubt.view",
        order=30,
    ),
)
register_action(
    Action("worker", _("Log a talk"), "chat-plus", "servicedesk:log_new", "communication.log.write", primary=True)
)
