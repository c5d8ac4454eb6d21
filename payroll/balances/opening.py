"""Bring over one worker's tax year from the payroll before."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agency.audit import record
from payroll.models import Payslip, TaxOpeningBalance
from workers.models import Worker


def open_year(worker: Worker, year: int, figures: Mapping[str, int], by: Any) -> TaxOpeningBalance:
    """Write a year's figures (fen), replacing earlier ones.

    Raises `ValidationError` when wages of the year were approved here already: the year goes on from those payslips.
    """
    if Payslip.objects.final().of_tax_year(year).filter(worker=worker, errors=0).exists():
        words = _("Wages of %(year)d were approved here already; the year goes on from those payslips.")
        raise ValidationError(words % {"year": year})
    with transaction.atomic():
        row, _created = TaxOpeningBalance.objects.update_or_create(worker=worker, tax_year=year, defaults=dict(figures))
        record("payroll.opening.written", subject=row, actor=by, year=year)
    return row
