"""Dispatch agreements are concluded and end (Labour Contract Law 58, 59)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agency.audit import record
from clients.models import ClientEnterprise, DispatchAgreement


def conclude(agreement: DispatchAgreement) -> DispatchAgreement:
    """Enter an agreement with its client. Raises `ValidationError` when it ends before it begins."""
    if agreement.valid_to is not None and agreement.valid_to <= agreement.valid_from:
        raise ValidationError({"last_day": _("It ends before it begins. Check both days.")})
    is_new = agreement.pk is None
    agreement.save()
    if is_new:
        record("clients.agreement.concluded", subject=agreement, client=agreement.client_id)
    return agreement


def current_agreement(client: ClientEnterprise, on: dt.date) -> DispatchAgreement | None:
    """Return the agreement in force on a day; of several the youngest."""
    return DispatchAgreement.objects.valid_on(on).filter(client=client).order_by("-valid_from", "-pk").first()
