"""How a worker's basic deduction grows in a tax year: by months here unless the worker declared or agreed otherwise."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agency.audit import record
from payroll.balances.year_to_date import LOW_YEAR_FEN
from payroll.calculation.withholding import BasicMethod
from payroll.models import Payslip, TaxYearChoice
from workers.models import Worker

from .declaring import outdate


def choose_basic(worker: Worker, year: int, method: int, source: str, by: Any) -> TaxYearChoice:
    """Let a way of deducting hold for a worker's tax year.

    Raises `ValidationError` for first wages of who was employed here before the year (13号 art. 4), and for 60,000 at
    once after a year here of more, or of less than twelve months (19号 art. 1).
    """
    if method == BasicMethod.FIRST_JOB_OF_YEAR:
        _must_be_new(worker, year)
    if method == BasicMethod.AT_ONCE:
        _must_have_earned_little(worker, year)
    with transaction.atomic():
        row, _created = TaxYearChoice.objects.update_or_create(
            worker=worker, tax_year=year, defaults={"basic_method": method, "source": source}
        )
        outdate({worker.pk})
        record("payroll.tax_year.chosen", subject=row, actor=by, year=year, method=method)
    return row


def _must_be_new(worker: Worker, year: int) -> None:
    if worker.joined_on is not None and worker.joined_on.year < year:
        words = _("Employed here since before %(year)d: these are not the first wages of the year.")
        raise ValidationError({"basic_method": words % {"year": year}})


def _must_have_earned_little(worker: Worker, year: int) -> None:
    if worker.joined_on is not None and worker.joined_on.year >= year:
        words = _("60,000 at once is for who was here all of the year before. Choose another way.")
        raise ValidationError({"basic_method": words})
    last = Payslip.objects.final().of_tax_year(year - 1).filter(worker=worker, errors=0).order_by("-tax_month", "-pk")
    slip = last.first()
    if slip is not None and slip.income_to_date_fen > LOW_YEAR_FEN:
        words = _("Wages of %(year)d here were above 60,000. Choose another way.")
        raise ValidationError({"basic_method": words % {"year": year - 1}})
