"""The room's places in the menu, on a worker's page, and behind a worker's links."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register
from agency.outside.offers import Offer
from agency.outside.offers import register as register_offer
from agency.panels import Action, Panel, register_action
from agency.panels import register as register_panel

from .custody import VIEW
from .links import ask_path
from .queries import due_today


def waiting_cases(request: HttpRequest) -> int:
    """How many of one's own cases are due today or late."""
    return due_today(request.user)  # type: ignore[arg-type]


register(
    Item(_("Cases"), "ticket", "servicedesk:cases", permission=VIEW, order=30, tab=4, counter=waiting_cases),
)
register_action(Action("worker", _("Write down a case"), "ticket", "servicedesk:case_new", "cases.case.work", order=60))
register_panel(Panel("worker", "servicedesk:cases_of_worker", VIEW, order=40))
register_offer(Offer("cases.ask", _("Ask us something else"), "chat", ask_path))
