"""The room's places in the menu."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register
from servicedesk.workflow.plan_models import MonthPlan


def waiting_plans(request: HttpRequest) -> int:
    """How many plans wait for head office."""
    return MonthPlan.objects.filter(state=MonthPlan.State.SUBMITTED).count()


register(
    Item(_("Today"), "today", "servicedesk:today", permission="workflow.today.view", order=10, tab=1),
    Item(_("Month plan"), "calendar", "servicedesk:plan", permission="workflow.plan.view", order=20),
    Item(
        _("Plans to approve"),
        "check",
        "servicedesk:plan_reviews",
        permission="workflow.plan.approve",
        order=25,
        counter=waiting_plans,
    ),
    Item(
        _("Standard procedure"),
        "list",
        "servicedesk:procedure",
        group="team",
        permission="workflow.plan.view",
        order=80,
    ),
)
