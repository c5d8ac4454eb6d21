"""What a worker says of a payslip: read and right, or one item is wrong."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import acting, record
from agency.notifications.sending import notify
from payroll import signals
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


def doubt(slip: Payslip, words: str) -> PayslipReceipt:
    """Take "one item is wrong", and tell who prepared the run."""
    with transaction.atomic(), acting(name=slip.name):
        receipt = opened(slip)
        receipt.doubt, receipt.doubted_at = words.strip()[:400], timezone.now()
        receipt.save(update_fields=["doubt", "doubted_at"])
        record("payroll.payslip.doubted", subject=slip)
        notify(
            slip.run.preparer,
            "payroll.payslip.doubted",
            lambda: _("%(name)s asks about the payslip of %(month)s") % {"name": slip.name, "month": slip.run.period},
            reverse("payroll:payslip", args=[slip.pk]),
            body=receipt.doubt,
        )
        signals.payslip_doubted.send(sender=PayslipReceipt, receipt=receipt)
    return receipt
