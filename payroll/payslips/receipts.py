"""What a worker does with a published payslip: open it, and sign for it."""

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from payroll.models import Payslip, PayslipReceipt


def opened(slip: Payslip) -> PayslipReceipt:
    """Write down the first time a payslip was opened, and return what was said of it."""
    receipt, _created = PayslipReceipt.objects.get_or_create(payslip=slip)
    return receipt


def confirm(slip: Payslip) -> PayslipReceipt:
    """Take "read, all right"; the first moment counts."""
    receipt = opened(slip)
    PayslipReceipt.objects.filter(pk=receipt.pk).update(confirmed_at=Coalesce(F("confirmed_at"), timezone.now()))
    receipt.refresh_from_db()
    return receipt
