"""The base of an annuity counts up to three local average wages, as the city's data say month by month."""

import datetime as dt

import pytest

from agency.periods import Period
from payroll.declarations.ceilings import ceilings_of
from payroll.declarations.declaring import Declared, declare
from payroll.declarations.year import sums_to_date
from payroll.models import TaxDeclaration
from payroll.policies.installing import ensure_policies
from tests.payroll.rules import DAY, TAX
from tests.payroll.runs.stage import approved, slip_of
from workers.models import InsuranceEnrolment

AUGUST = Period(2026, 8)


def annuity(amount_fen, base_fen):
    return TaxDeclaration(
        kind="annuity", amount_fen=amount_fen, base_fen=base_fen, valid_from=dt.date(2026, 1, 1), valid_to=None
    )


def test_each_month_counts_up_to_the_ceiling_of_its_own():
    row = annuity(5000_00, 60_000_00)
    ceilings = {6: 35_000_00, 7: 40_600_00}
    found = sums_to_date([row], TAX, Period(2026, 7), 5, DAY, ceilings.get)
    # May knows no ceiling: 4 % of 60,000; June of 35,000; July of 40,600
    assert found == {"annuity": 2400_00 + 1400_00 + 1624_00}
    assert sums_to_date([annuity(300_00, 60_000_00)], TAX, Period(2026, 7), 5, DAY, ceilings.get) == {"annuity": 900_00}


@pytest.mark.django_db
def test_the_ceiling_is_the_housing_funds_in_the_city_of_the_month(ours):
    ensure_policies()
    ceiling = ceilings_of([ours.worker.pk], 2026)[ours.worker.pk]
    assert (ceiling(6), ceiling(7), ceiling(8)) == (None, 40_600_00, 40_600_00)
    first = InsuranceEnrolment.objects.get(worker=ours.worker)
    first.valid_to = dt.date(2026, 8, 1)
    first.save()
    InsuranceEnrolment.objects.create(worker=ours.worker, city="北京", base_fen=6000_00, valid_from=dt.date(2026, 8, 1))
    ceiling = ceilings_of([ours.worker.pk], 2026)[ours.worker.pk]
    assert (ceiling(7), ceiling(8)) == (40_600_00, 36_348_00)
    assert ceilings_of([], 2026) == {}


@pytest.mark.django_db
def test_a_payslip_deducts_no_more(ours):
    ensure_policies()
    declare(ours.worker, Declared("annuity", AUGUST, amount_fen=9000_00, base_fen=100_000_00), ours.specialist)
    slip = slip_of(approved(ours, AUGUST), ours.worker)
    assert slip.other_to_date_fen == 4 * 40_600_00 // 100
