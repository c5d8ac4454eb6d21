"""Students on internship: taxed as 公告2020年第13号 says, insured by nobody, and never missed in a check."""

import pytest

from agency.periods import Period
from payroll.declarations.declaring import Declared, declare
from payroll.matching.matching import match
from payroll.models import Payslip
from payroll.payslips.checks import Check
from payroll.payslips.replaying import replay
from payroll.runs.computing import compute
from tests.cast import START
from tests.payroll.runs.stage import approved, attend, computed, employ, look_through, opened, slip_of
from workers.models import InsuranceEnrolment, LabourContract, Placement

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER, OCTOBER = Period(2026, 8), Period(2026, 9), Period(2026, 10)


def become_student(worker):
    Placement.objects.filter(worker=worker).update(internship=True)
    LabourContract.objects.filter(worker=worker).delete()
    InsuranceEnrolment.objects.filter(worker=worker).delete()
    return worker


@pytest.fixture
def student(ours):
    return become_student(ours.worker)


def test_four_fifths_less_5_000_a_month(ours, student):
    declare(student, Declared("children_education", Period(2026, 1)), ours.specialist)
    first = slip_of(approved(ours, AUGUST, allowances_fen=8400_00), student)
    # 12,000 × 80 % − 5,000 = 4,600
    assert (first.taxable_to_date_fen, first.tax_fen, first.employee_social_fen) == (4600_00, 138_00, 0)
    second = slip_of(computed(ours, SEPTEMBER, allowances_fen=4400_00), student)
    # 20,000 × 80 % − 10,000 = 6,000
    assert (second.taxable_to_date_fen, second.tax_fen) == (6000_00, 42_00)
    assert replay(second).differences(second) == {}
    lines = {line.key: line.amount_fen for line in replay(second).workings.tax}
    assert lines["tax_costs"] == -4000_00
    assert sum(fen for key, fen in lines.items() if key in ("tax_income_to_date", "tax_basic", "tax_costs")) == 6000_00


def test_nothing_is_missed_of_whom_no_law_asks_it(ours, student):
    checks = slip_of(computed(ours), student).checks
    assert not checks & (Check.NOT_INSURED | Check.NO_CONTRACT | Check.BELOW_MINIMUM_WAGE)
    assert all(row.worker != student.pk for row in match(ours.client, OCTOBER, OCTOBER.last_day).rows)


def test_an_enrolment_of_a_student_is_for_work_injury_only(ours, student):
    InsuranceEnrolment.objects.create(
        worker=student, city="苏州", base_fen=500_000, housing_fund_base_fen=500_000, housing_fund_rate=50_000,
        valid_from=START,
    )  # fmt: skip
    found = slip_of(computed(ours), student)
    assert (found.employee_social_fen, found.employer_fund_fen, found.employer_social_fen) == (0, 0, 20_00)


def test_who_is_employed_afterwards_starts_a_year_of_wages(ours, student):
    approved(ours, AUGUST, allowances_fen=8400_00)
    run = opened(ours, SEPTEMBER)
    Placement.objects.filter(worker=student).update(internship=False)
    LabourContract.objects.create(worker=student, valid_from=START.replace(month=9), signed_on=START)
    attend(run, student)
    found = slip_of(compute(run, ours.specialist), student)
    assert (found.months_here, found.income_to_date_fen, found.basic_to_date_fen) == (1, 3600_00, 5000_00)


def test_others_in_the_run_are_taxed_as_ever(ours, student):
    run = opened(ours)
    attend(run, student)
    worker = employ(ours, "孙玉梅", 176)
    attend(run, worker, allowances_fen=10_000_00)
    found = slip_of(compute(run, ours.specialist), worker)
    assert found.taxable_to_date_fen == 13_600_00 - 5000_00 - 780_00
    look_through(run, ours.specialist)
    assert Payslip.objects.filter(run=run, errors=0).count() == 2
