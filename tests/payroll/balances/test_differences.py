"""A notice that comes late is charged with the next payroll, once; so is an enrolment entered late."""

import datetime as dt
import hashlib
import json

import pytest
import time_machine

from agency.periods import Period
from payroll.models import ContributionPolicy
from payroll.payslips.checks import Check
from payroll.payslips.replaying import replay
from payroll.policies.installing import ensure_policies
from payroll.policies.loading import CONTRIBUTIONS
from payroll.runs.computing import compute
from tests.payroll.runs import stage
from workers.models import InsuranceEnrolment

AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (Period(2026, month) for month in (8, 9, 10, 11))


@pytest.fixture(autouse=True)
def on_23_november():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


def notice(city="suzhou", insurance="pension", **terms):
    """A further edition in which the city's rule of 2026 has other limits or rates."""
    book = json.loads((CONTRIBUTIONS / f"{city}.json").read_text())
    for rule in book["rules"]:
        if rule["insurance"] == insurance and rule["valid_from"].startswith("2026"):
            rule |= terms
    return ContributionPolicy.objects.create(
        city=book["city"],
        edition=ContributionPolicy.objects.filter(city=book["city"]).count() + 1,
        book=book,
        digest=hashlib.sha256(repr(book).encode()).hexdigest(),
        source="苏人社发〔2026〕99号",
        provisional=False,
        valid_from=dt.date(2025, 1, 1),
    )


def slip(company, period):
    return stage.slip_of(stage.computed(company, period), company.worker)


def owed(company, period):
    found = slip(company, period)
    return found.employee_adjustment_fen, found.employer_adjustment_fen


def test_without_a_new_edition_nothing_is_owed(ours):
    stage.approved(ours, SEPTEMBER)
    assert owed(ours, OCTOBER) == (0, 0)


def test_a_late_notice_is_charged_for_all_months_since_and_once(ours):
    stage.approved(ours, AUGUST)
    stage.approved(ours, SEPTEMBER)
    notice(floor_fen=520_000)
    # Two months × (5,200 − 5,000) × 8 % and 16 %.
    assert owed(ours, OCTOBER) == (32_00, 64_00)
    stage.approved(ours, OCTOBER)
    assert owed(ours, NOVEMBER) == (0, 0)


def test_a_second_notice_starts_from_the_first(ours):
    stage.approved(ours, SEPTEMBER)
    notice(floor_fen=520_000)
    stage.approved(ours, OCTOBER)
    notice(floor_fen=530_000)
    assert owed(ours, NOVEMBER) == (2 * 8_00, 2 * 16_00)


def test_what_was_taken_too_much_comes_back_and_lowers_the_deductible_part(ours):
    stage.approved(ours, SEPTEMBER)
    notice(employee={"lowest_rate": 70_000, "highest_rate": 70_000, "rounding": "half_up_fen"})
    found = slip(ours, OCTOBER)
    assert (found.employee_adjustment_fen, found.employer_adjustment_fen) == (-50_00, 0)
    own = found.employee_social_fen + found.employee_fund_fen + found.employee_adjustment_fen
    assert found.net_fen == found.gross_fen - own - found.tax_fen - found.deducted_fen
    assert found.special_to_date_fen == stage.approved(ours, SEPTEMBER).totals["employee_social_fen"] + 250_00 + own


def test_a_difference_stands_in_the_payslip_and_is_replayed(ours):
    stage.approved(ours, SEPTEMBER)
    notice(floor_fen=520_000)
    found = slip(ours, OCTOBER)
    assert replay(found).differences(found) == {}
    assert "employee_adjustment" in {line.key for line in replay(found).workings.taken}
    assert found.checks & Check.EARLIER_MONTHS


def test_an_enrolment_entered_late_is_paid_for_its_months(ours):
    InsuranceEnrolment.objects.filter(worker=ours.worker).delete()
    uninsured = [stage.approved(ours, period) for period in (AUGUST, SEPTEMBER)]
    assert [stage.slip_of(run, ours.worker).employee_social_fen for run in uninsured] == [0, 0]
    InsuranceEnrolment.objects.create(
        worker=ours.worker, city="苏州", base_fen=500_000, housing_fund_base_fen=500_000, housing_fund_rate=50_000,
        valid_from=SEPTEMBER.first_day,
    )  # fmt: skip
    found = slip(ours, OCTOBER)
    # September only: pension 400, medical 105, unemployment 25, fund 250.
    assert found.employee_adjustment_fen == 780_00
    assert found.employer_adjustment_fen == found.employer_social_fen + found.employer_fund_fen
    stage.approved(ours, OCTOBER)
    assert owed(ours, NOVEMBER) == (0, 0)


def test_variants_and_the_supplementary_fund_reach_the_payslip(ours):
    ensure_policies()
    row = InsuranceEnrolment.objects.get(worker=ours.worker)
    row.city, row.variants = "深圳", {"medical": "tier2", "pension": "local_hukou"}
    row.save()
    found = slip(ours, OCTOBER)
    assert (found.employee_medical_fen, found.employer_pension_fen) == (33_64, 850_00)
    assert replay(found).differences(found) == {}
    row.city, row.variants, row.supplementary_fund_rate = "上海", {}, 30_000
    row.save()
    run = compute(found.run, ours.specialist)
    found = stage.slip_of(run, ours.worker)
    assert (found.employee_supplementary_fund_fen, found.employer_supplementary_fund_fen) == (150_00, 150_00)
    assert replay(found).differences(found) == {}


def test_a_variant_the_city_does_not_have_is_told(ours):
    row = InsuranceEnrolment.objects.get(worker=ours.worker)
    row.variants = {"medical": "tier9"}
    row.save()
    run = stage.computed(ours, OCTOBER)
    assert run.errors == 1 and "tier9" in run.provisional[0]["missing"]
