"""A worker says that an item is wrong; a person answers, and both stay on file."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import acting, record
from agency.calendar import today
from agency.models import StaffMember
from agency.notifications.sending import notify_all
from agency.permissions import Role
from clients.models import Assignment
from payroll import signals
from payroll.models import Payslip, PayslipDispute
from payroll.refusals import Refused

from .receipts import opened

LONGEST = 400


def dispute(slip: Payslip, words: str) -> PayslipDispute:
    """Take "one item is wrong"; tell the specialists of the client, the preparer and the payroll officers.

    The same words sent twice, as over a bad network, are one dispute while nobody has answered. Announces
    `signals.payslip_disputed`, on which a case can be opened.
    """
    said = words.strip()[:LONGEST]
    with transaction.atomic(), acting(name=slip.name):
        opened(slip)
        Payslip.objects.select_for_update(of=("self",)).get(pk=slip.pk)
        raised, is_new = PayslipDispute.objects.waiting().get_or_create(payslip=slip, said=said)
        if is_new:
            record("payroll.payslip.disputed", subject=slip, dispute=raised.pk)
            _tell(slip, raised)
            signals.payslip_disputed.send(sender=PayslipDispute, dispute=raised)
    return raised


def answer(raised: PayslipDispute, by: Any, outcome: str, words: str) -> PayslipDispute:
    """Answer a dispute once; the worker reads it behind their link. Raises `Refused` when somebody was faster."""
    with transaction.atomic():
        waiting = PayslipDispute.objects.waiting().filter(pk=raised.pk)
        given = {
            "outcome": outcome,
            "answer": words.strip()[:LONGEST],
            "answered_by": by,
            "answered_at": timezone.now(),
        }
        if not waiting.update(**given):
            raise Refused(_("This was answered already. Load the page again."))
        raised.refresh_from_db()
        record("payroll.dispute.answered", subject=raised, actor=by, outcome=outcome)
        signals.dispute_answered.send(sender=PayslipDispute, dispute=raised)
    return raised


def concerned(slip: Payslip) -> list[StaffMember]:
    """Return who is told of a dispute: who serves the client, who prepared the run, and the payroll officers."""
    serving = Assignment.objects.valid_on(today()).filter(client=slip.run.client_id).values("staff")
    people = StaffMember.objects.filter(pk__in=serving) | StaffMember.objects.filter(pk=slip.run.preparer_id)
    officers = StaffMember.objects.filter(roles__role=Role.PAYROLL_OFFICER)
    return list({person.pk: person for person in (*people, *officers)}.values())


def _tell(slip: Payslip, raised: PayslipDispute) -> None:
    notify_all(
        concerned(slip),
        "payroll.payslip.disputed",
        lambda: _("%(name)s asks about the payslip of %(month)s") % {"name": slip.name, "month": slip.run.period},
        reverse("payroll:dispute", args=[raised.pk]),
        body=raised.said,
        key=f"payslip-dispute-{raised.pk}",
    )
