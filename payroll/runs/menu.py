from django.utils.translation import gettext_lazy as _

from agency import panels
from agency.navigation import Item, register
from agency.permissions import can
from agency.permissions.requests import StaffRequest
from payroll.models import PayrollRun


def waiting(request: StaffRequest) -> int:
    """How many runs wait for this person's approval."""
    if not can(request.user, "payroll.run.approve"):
        return 0
    return PayrollRun.objects.awaiting_approval().exclude(preparer=request.user).count()


register(
    Item(
        _("Payroll"), "wallet", "payroll:runs", group="business", permission="payroll.run.view", order=30,
        counter=waiting, tab=1,
    ),
    Item(
        _("Payslip questions"), "question", "payroll:disputes", group="business", permission="payroll.run.view",
        order=33,
    ),
    Item(
        _("Insurance and tax"), "shield", "payroll:policies", group="team", permission="payroll.policy.view",
        order=70,
    ),
)  # fmt: skip
panels.register(panels.Panel("worker", "payroll:worker_payslips", "payroll.run.view", order=30))
