import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from agency.periods import Period
from workers.insurance.enrolling import Bases, enrol, stop
from workers.models import InsuranceEnrolment

DECEMBER = Period(2026, 12)
BASES = Bases("昆山", 520_000, 520_000, 80_000)


def test_a_new_base_takes_over_on_the_first_of_the_month(ours):
    enrol(ours.worker, BASES, DECEMBER, ours.specialist)
    before, after = InsuranceEnrolment.objects.filter(worker=ours.worker).order_by("valid_from")
    assert (before.valid_to, after.valid_from, after.base_fen) == (dt.date(2026, 12, 1), dt.date(2026, 12, 1), 520_000)


def test_what_is_entered_for_later_is_not_overwritten(ours):
    enrol(ours.worker, BASES, DECEMBER, ours.specialist)
    with pytest.raises(ValidationError, match="2026年12月"):
        enrol(ours.worker, BASES, Period(2026, 11), ours.specialist)


@pytest.mark.parametrize(("rate", "fine"), [(49_999, False), (50_000, True), (120_000, True), (120_001, False)])
def test_the_housing_fund_takes_five_to_twelve_per_cent(ours, rate, fine):
    bases = Bases("昆山", 520_000, 520_000, rate)
    if fine:
        assert enrol(ours.worker, bases, DECEMBER, ours.specialist).housing_fund_rate == rate
    else:
        with pytest.raises(ValidationError):
            enrol(ours.worker, bases, DECEMBER, ours.specialist)


def test_insurance_stops_with_its_last_month(ours):
    enrolment = InsuranceEnrolment.objects.get(worker=ours.worker)
    assert stop(enrolment, Period(2026, 11), ours.specialist).valid_to == dt.date(2026, 12, 1)
    with pytest.raises(ValidationError):
        stop(enrolment, DECEMBER, ours.specialist)
    with pytest.raises(ValidationError):
        stop(enrolment, Period(2025, 11), ours.specialist)
