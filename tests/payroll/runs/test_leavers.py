"""Who has left before the month is paid a bonus, a severance or arrears when the sheet names them; wages not."""

import pytest

from agency.periods import Period
from payroll.payslips.checks import Check
from payroll.payslips.replaying import replay
from payroll.runs.computing import compute
from payroll.runs.importing import import_attendance
from payroll.runs.roll import choosable_for
from tests.cast import START
from tests.payroll.runs.stage import attend, employ, opened, sheet, slip_of
from workers.models import Placement

pytestmark = pytest.mark.django_db
LEFT = START.replace(month=7)


@pytest.fixture
def leaver(ours):
    worker = employ(ours, "孙玉梅", 176)
    Placement.objects.filter(worker=worker).update(valid_to=LEFT)
    return worker


def test_a_bonus_after_leaving(ours, leaver):
    run = opened(ours, Period(2026, 11), kind="bonus")
    checked = import_attendance(
        run, sheet(f"{leaver.employee_no},孙玉梅,12000", headers="工号,姓名,奖金"), ours.specialist
    )
    assert checked.is_clean, checked.report.errors
    found = slip_of(compute(run, ours.specialist), leaver)
    assert (found.gross_fen, found.tax_fen) == (12_000_00, 360_00)
    assert found.checks & Check.LEFT
    assert not found.checks & Check.NOT_INSURED
    assert replay(found).differences(found) == {}


def test_a_severance_after_leaving(ours, leaver):
    run = opened(ours, Period(2026, 11), kind="severance", average_wage_fen=120_000_00)
    attend(run, leaver, days_worked_x100=0, one_time_fen=400_000_00)
    run = compute(run, ours.specialist)
    # 400,000 − 3 × 120,000 = 40,000: 10 % less 2,520
    assert (run.headcount, slip_of(run, leaver).tax_fen) == (1, 1480_00)


def test_the_regular_run_knows_only_the_month(ours, leaver):
    run = opened(ours, Period(2026, 11))
    checked = import_attendance(run, sheet(f"{leaver.employee_no},孙玉梅,22"), ours.specialist)
    assert not checked.is_clean
    assert leaver.pk not in set(choosable_for(run).values_list("worker_id", flat=True))


def test_who_was_never_here_cannot_be_chosen(ours):
    run = opened(ours, Period(2026, 11), kind="bonus")
    other = ours.other_worker
    rows = sheet(f"{other.employee_no},{other.name},12000", headers="工号,姓名,奖金")
    assert not import_attendance(run, rows, ours.specialist).is_clean
