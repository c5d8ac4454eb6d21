"""A run is paid by the scheme's own items, and keeps them: it can be computed again whatever becomes of the scheme."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from agency.calendar import calendar_for
from payroll.models import Advance, AdvanceRepayment, PayBandTable, PayItem, Payslip, WorkerItemAmount
from payroll.payslips.ledger import written
from payroll.payslips.plain import plain
from payroll.payslips.replaying import replay
from payroll.refusals import Refused
from payroll.runs.approving import approve
from payroll.runs.computing import compute
from tests.cast import START
from tests.payroll.runs.stage import OCTOBER, attend, computed, employ, opened, slip_of, submitted
from workers.models import Placement

from .scheme import with_items

pytestmark = pytest.mark.django_db

NOVEMBER = OCTOBER.next()
MEALS = {"name": "餐补", "source": "fixed", "amount_fen": 200_00, "taxable": False, "minimum_wage": False}
PIECES = {"name": "件数", "source": "quantity", "place": "note"}
BY_PIECE = {"name": "计件奖", "source": "rate", "rate_millionths": 35_500, "quantity": "件数"}


def test_items_are_paid_taxed_and_explained(ours):
    with_items(ours, MEALS, PIECES, BY_PIECE, ("全勤奖", "如果(整月 且 缺勤天数 = 0, 300元, 0元)"))
    run = computed(ours, items={"item2": 12_345_00})
    slip = slip_of(run, ours.worker)
    assert (slip.allowances_fen, slip.gross_fen) == (200_00 + 438_25 + 300_00, 4538_25)
    assert (slip.income_to_date_fen, slip.exempt_to_date_fen) == (4538_25, 200_00)
    entries = {
        entry.label: (entry.amount, entry.note)
        for entry in written(replay(slip).workings.earned, {"night_shifts": 0, "sick_x100": 0})
    }
    assert entries["计件奖"] == ("438.25", "0.0355元 × 件数 = 0.0355 × 12,345")
    assert entries["全勤奖"][0] == "300.00"
    assert [(row["name"], row["fen"], row["taxable"]) for row in run.totals["items"]] == [
        ("餐补", 200_00, False), ("计件奖", 438_25, True), ("全勤奖", 300_00, True),
    ]  # fmt: skip


def test_an_old_run_is_computed_again_bit_for_bit_though_the_scheme_has_changed(ours):
    scheme = with_items(ours, ("工龄工资", "查表(工龄表, 司龄月数)"))
    table = PayBandTable.objects.create(scheme=scheme, name="工龄表", bands=[[0, 50_00], [12_00, 100_00]])
    slip = slip_of(computed(ours), ours.worker)
    before = replay(slip).workings
    PayItem.objects.filter(scheme=scheme).update(formula="月薪 × 2")
    table.delete()
    again = slip_of(slip.run, ours.worker)
    assert replay(again).differences(again) == {}
    assert replay(again).workings == before
    assert {"工龄工资"} == {line.numbers.get("name") for line in before.earned} - {None}


def test_a_changed_snapshot_would_be_noticed(ours):
    with_items(ours, ("补贴", "100元"))
    slip = slip_of(computed(ours), ours.worker)
    slip.run.rules["items"][0]["formula"] = "101元"
    assert replay(slip).differences(slip)["gross_fen"] == (3700_00, 3701_00)


def test_amounts_agreed_with_a_worker_hold_from_their_day(ours):
    with_items(ours, {"name": "岗位工资", "source": "per_worker", "place": "base", "overtime_base": True})
    agreed = {"worker": ours.worker, "client": ours.client, "item_key": "item1"}
    WorkerItemAmount.objects.create(**agreed, amount_fen=400_00, valid_from=START, valid_to=dt.date(2026, 11, 1))
    WorkerItemAmount.objects.create(**agreed, amount_fen=500_00, valid_from=dt.date(2026, 11, 1))
    slip = slip_of(computed(ours, overtime_weekday_x100=10_00), ours.worker)
    assert (slip.base_fen, slip.overtime_weekday_fen) == (4000_00, 344_83)
    assert replay(slip).differences(slip) == {}
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkerItemAmount.objects.create(**agreed, amount_fen=1, valid_from=dt.date(2026, 12, 1))


def test_an_advance_is_kept_back_month_by_month_until_it_is_paid_back(ours):
    with_items(ours, {"name": "预支归还", "source": "advance", "place": "deduction", "limit": "minimum_wage"})
    advance = Advance.objects.create(
        worker=ours.worker, client=ours.client, paid_on=dt.date(2026, 10, 8), amount_fen=250_00, monthly_fen=150_00,
        first_period="2026-10",
    )  # fmt: skip
    first = slip_of(computed(ours), ours.worker)
    assert first.deducted_fen == 150_00
    compute(first.run, ours.specialist)
    assert AdvanceRepayment.objects.get(advance=advance).amount_fen == 150_00
    run = submitted(ours)
    approve(run, ours.payroll_officer)
    second = slip_of(computed(ours, NOVEMBER), ours.worker)
    assert second.deducted_fen == 100_00
    assert replay(second).differences(second) == {}


def test_damages_leave_the_minimum_wage_and_take_a_fifth_at_most(ours):
    with_items(ours, {"name": "赔偿", "source": "amount", "place": "deduction", "limit": "damages"})
    slip = slip_of(computed(ours, items={"item1": 900_00}), ours.worker)
    assert slip.deducted_fen == min(slip.gross_fen // 5, slip.net_fen + slip.deducted_fen - 2490_00)
    assert 0 < slip.deducted_fen < 900_00
    assert replay(slip).differences(slip) == {}


def test_a_scheme_that_does_not_hold_together_refuses_and_says_why(ours):
    with_items(ours, ("补贴", "没有这个"))
    run = opened(ours)
    attend(run, ours.worker)
    with pytest.raises(Refused, match="没有这个"):
        compute(run, ours.specialist)
    assert not Payslip.objects.filter(run=run).exists()


def test_one_worker_divides_by_zero_and_nobody_else_waits(ours):
    with_items(ours, PIECES, ("每件", "100元 ÷ 件数"))
    other = employ(ours, "李明", 71)
    run = opened(ours)
    attend(run, ours.worker, items={"item1": 4_00})
    attend(run, other)
    compute(run, ours.specialist)
    assert slip_of(run, ours.worker).allowances_fen == 25_00
    assert slip_of(run, other).errors


def test_two_placements_in_a_month_count_each_for_its_workdays(ours):
    Placement.objects.filter(worker=ours.worker).update(valid_to=dt.date(2026, 10, 16))
    first = Placement.objects.get(worker=ours.worker)
    Placement.objects.create(
        worker=ours.worker, client=ours.client, site=first.site, post=first.post, base_wage_fen=4500_00,
        valid_from=dt.date(2026, 10, 16),
    )  # fmt: skip
    slip = slip_of(computed(ours), ours.worker)
    days = calendar_for().workdays_in(OCTOBER)
    early = sum(1 for day in days if day < dt.date(2026, 10, 16))
    exact = (3600_00 * early + 4500_00 * (len(days) - early)) / len(days)
    assert abs(slip.base_fen - exact) <= 1


def test_sick_pay_keeps_four_fifths_of_the_minimum_wage(ours):
    with_items(ours, sick_pay_percent=50)
    slip = slip_of(computed(ours, sick_days_x100=1_00), ours.worker)
    # 3,600 ÷ 21.75 less 2,490 × 80 % ÷ 21.75 is 73.93; half the wage would be less than the law allows
    assert slip.gross_fen == 3600_00 - 73_93


def test_the_worker_reads_every_formula(ours):
    with_items(ours, ("工龄工资", "取整(司龄月数 ÷ 12) × 50元 + 10元"), MEALS)
    told = plain(slip_of(computed(ours), ours.worker))
    notes = {entry.label: entry.note for entry in told.earned}
    assert notes["工龄工资"].startswith("取整(司龄月数 ÷ 12) × 50元 + 10元 = ")
    assert sum(1 for entry in told.earned if entry.label == "餐补") == 1
