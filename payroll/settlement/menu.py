from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register
from agency.permissions import can
from agency.permissions.requests import StaffRequest
from clients.enterprises.tabs import Tab
from clients.enterprises.tabs import register as register_tab
from payroll.models import Bill

from .bill_models import State


def objections(request: StaffRequest) -> int:
    """How many clients disagree with a bill."""
    if not can(request.user, "settlement.bill.edit"):
        return 0
    return Bill.objects.filter(state=State.DISPUTED).count()


register(
    Item(
        _("Bills"), "file", "payroll:bills", group="business", permission="settlement.bill.view", order=34,
        counter=objections, tab=4,
    ),
    Item(
        _("Receivables"), "trend", "payroll:receivables", group="business",
        permission="settlement.receivables.view", order=36,
    ),
)  # fmt: skip
register_tab(Tab(_("Settlement"), "payroll:settlement_terms", "settlement.terms.view", order=55))
