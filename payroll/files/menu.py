from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register
from agency.permissions import can
from agency.permissions.requests import StaffRequest
from payroll.models import BankBatch


def waiting(request: StaffRequest) -> int:
    """How many bank batches wait for this person's release."""
    if not can(request.user, "payroll.batch.release"):
        return 0
    return BankBatch.objects.waiting().exclude(maker=request.user).count()


register(
    Item(
        _("Files"), "archive", "payroll:files", group="business", permission="payroll.file.view", order=32,
        counter=waiting, tab=2,
    )
)  # fmt: skip
