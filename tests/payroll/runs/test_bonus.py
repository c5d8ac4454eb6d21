"""Bonus and severance runs: taxed apart or merged, the better way, the traps, once a year."""

import datetime as dt

import pytest
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.models import PayrollInput
from payroll.payslips.checks import Check
from payroll.payslips.figures import whole
from payroll.payslips.replaying import replay
from payroll.runs.approving import approve, submit
from payroll.runs.bonus_choice import BEST, MERGED, choose
from payroll.runs.computing import compute
from payroll.runs.importing import import_attendance
from tests.payroll.pages import made, page
from tests.payroll.runs.stage import OCTOBER, approved, attend, bonus, look_through, opened, sheet, slip_of

pytestmark = pytest.mark.django_db


def test_a_bonus_apart_does_not_touch_the_year(ours):
    october = slip_of(approved(ours), ours.worker)
    slip = slip_of(bonus(ours, 36_000), ours.worker)
    assert (slip.gross_fen, slip.tax_fen, slip.net_fen) == (36_000_00, 1_080_00, 34_920_00)
    assert slip.income_to_date_fen == october.income_to_date_fen
    assert not replay(slip).differences(slip)
    assert sum(line.amount_fen for line in replay(slip).workings.earned) == slip.gross_fen


def test_merging_is_better_for_a_small_year_and_is_told(ours):
    run = bonus(ours, 36_000)
    slip = slip_of(run, ours.worker)
    told = whole(slip.inputs)
    assert (told["tax_apart_fen"], told["tax_merged_fen"]) == (1_080_00, 930_00)
    assert slip.checks & Check.BONUS_CHOICE
    assert choose(run, BEST, ours.specialist) == 1
    slip = slip_of(compute(run, ours.specialist), ours.worker)
    assert (slip.tax_fen, slip.income_to_date_fen, slip.checks & Check.BONUS_CHOICE) == (930_00, 36_000_00, 0)


def test_one_yuan_above_the_bound_is_a_trap(ours):
    slip = slip_of(bonus(ours, 36_001), ours.worker)
    assert whole(slip.inputs)["trap_best_fen"] == 36_000_00
    assert slip.checks & Check.BONUS_TRAP
    assert not slip_of(bonus(ours, 36_000), ours.worker).checks & Check.BONUS_TRAP


def test_taxed_apart_once_a_year(ours):
    first = bonus(ours)
    look_through(first, ours.specialist)
    approve(submit(first, ours.specialist), ours.payroll_officer)
    second = opened(ours, OCTOBER.previous(), kind="bonus")
    attend(second, ours.worker, days_worked_x100=0, one_time_fen=1000_00)
    assert slip_of(compute(second, ours.specialist), ours.worker).checks & Check.BONUS_TWICE
    choose(second, MERGED, ours.specialist)
    assert not slip_of(compute(second, ours.specialist), ours.worker).checks & Check.BONUS_TWICE


def test_after_the_rule_has_ended_every_bonus_is_merged(ours):
    run = opened(ours, kind="bonus", pay_date=dt.date(2028, 1, 10))
    attend(run, ours.worker, days_worked_x100=0, one_time_fen=36_000_00)
    slip = slip_of(compute(run, ours.specialist), ours.worker)
    assert (slip.errors, slip.income_to_date_fen) == (0, 36_000_00)


def test_a_severance_is_taxed_above_three_average_wages(ours):
    run = opened(ours, kind="severance", average_wage_fen=120_000_00)
    attend(run, ours.worker, days_worked_x100=0, one_time_fen=400_000_00)
    slip = slip_of(compute(run, ours.specialist), ours.worker)
    assert (slip.tax_fen, slip.net_fen, slip.income_to_date_fen) == (1_480_00, 398_520_00, 0)
    assert not replay(slip).differences(slip)


def test_amounts_come_by_a_sheet_of_their_own(ours):
    run = opened(ours, kind="bonus")
    rows = sheet("0101,王海波,36000,并入", headers="工号,姓名,年终奖,计税方式")
    assert import_attendance(run, rows, ours.specialist, filename="a.csv").is_clean
    given = PayrollInput.objects.get(run=run)
    assert (given.one_time_fen, given.taxed_apart) == (36_000_00, False)
    extra = opened(ours, kind="supplementary")
    rows = sheet("0101,王海波,88.50", headers="工号,姓名,补发金额")
    assert import_attendance(extra, rows, ours.specialist, filename="a.csv").is_clean
    assert PayrollInput.objects.get(run=extra).allowances_fen == 88_50


def test_the_page_weighs_both_ways_and_chooses(stage, sign_in):
    run = made(stage, bonus, yuan=36_001)
    client = sign_in(stage.specialist)
    shown = page(client, "run_bonus", run.pk)
    assert "并入省" in shown
    assert "36,000.00" in shown
    client.post(reverse("payroll:run_bonus", args=[run.pk]), {"way": "best"})
    with tenant(stage.agency):
        assert slip_of(run, stage.worker).tax_fen == 930_03
