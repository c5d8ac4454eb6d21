"""Pay items of a scheme: each is rounded once, the next one sees it rounded, and what is wrong names the item."""

import numpy as np
import pytest

from agency.money import Rounding
from payroll.calculation.columns import RowError
from payroll.calculation.formulas import BandTable, Kind
from payroll.calculation.formulas.kinds import Band
from payroll.calculation.gross import HOLIDAY, REST_DAY, WEEKDAY, BaseMethod, GrossInputs
from payroll.calculation.item_pay import ItemInputs, limited, pay_by_items
from payroll.calculation.items import Item, ItemError, Limit, Place, Source
from payroll.calculation.scheme_rules import SchemeRules

SENIORITY = BandTable("工龄表", Kind.NUMBER, Kind.AMOUNT, (Band(0, 0), Band(12_00, 100_00)))


def whole(*values):
    return np.array(values, dtype=np.int64)


def formula(name, text, place=Place.ALLOWANCE, **options):
    return Item(key=name, name=name, source=Source.FORMULA, place=place, formula=text, **options)


def pay(*items, wages=(3600_00,), given=None, method=BaseMethod.MONTHLY, hours=0, **facts):
    """Pay workers with 22 days, one row a wage."""
    n = len(wages)
    same = lambda value: np.full(n, value, dtype=np.int64)  # noqa: E731
    gross = GrossInputs(
        method=same(method),
        wage_fen=whole(*wages),
        overtime_wage_fen=whole(*wages),
        attended_days_x100=same(22_00),
        scheduled_days_x100=same(22_00),
        absent_days_x100=same(0),
        overtime_hours_x100={WEEKDAY: same(hours), REST_DAY: same(0), HOLIDAY: same(0)},
        allowances_fen={"night": same(0), "sick": same(0), "other": same(0)},
    )
    rules = SchemeRules(items=items, tables=(SENIORITY,), minimum_wage_fen=2490_00, heat_fen=300_00)
    values = {"sick_days_x100": 0, "night_shifts": 4, "service_months": 14, "whole_month": 1} | facts
    columns = {name: same(value) for name, value in values.items()}
    inputs = ItemInputs(
        rules=rules, given={key: whole(*column) for key, column in (given or {}).items()}, month=7, **columns
    )
    return pay_by_items(gross, inputs)


def test_the_gross_pay_grows_by_what_is_earned_only():
    found = pay(
        Item("a", "餐补", Source.FIXED, Place.ALLOWANCE, amount_fen=200_00),
        formula("工龄工资", "查表(工龄表, 司龄月数)"),
        formula("迟到", "10元", Place.ABSENCE),
        formula("宿舍", "150元", Place.DEDUCTION),
        formula("说明", "月薪 ÷ 2", Place.NOTE),
    )
    assert found.gross_fen[0] == 3600_00 + 200_00 + 100_00 - 10_00
    assert found.items_fen["说明"][0] == 1800_00


def test_pieces_by_rate_each_rounded_once():
    found = pay(
        Item("n", "件数", Source.QUANTITY, Place.NOTE),
        Item("p", "计件工资", Source.RATE, Place.BASE, rate_millionths=35_500, quantity="件数"),
        given={"n": (12_345_00, 1_00)},
        wages=(0, 0),
        method=BaseMethod.ITEMS,
    )
    assert found.gross_fen.tolist() == [438_25, 4]  # 0.0355 × 12,345 = 438.2475


def test_an_item_sees_the_others_rounded_whatever_their_order():
    found = pay(formula("二", "一 × 3"), formula("一", "月薪 ÷ 21.75", rounding=Rounding.DROP_JIAO))
    assert found.items_fen["二"][0] == 165_00 * 3


def test_the_overtime_base_holds_what_the_scheme_says():
    post = Item("g", "岗位工资", Source.FIXED, Place.BASE, amount_fen=400_00, overtime_base=True)
    found = pay(post, hours=10_00)
    assert found.overtime_fen[WEEKDAY][0] == 344_83  # 4,000 ÷ 21.75 ÷ 8 × 1.5 × 10


def test_a_row_that_divides_by_zero_stops_nobody_else():
    found = pay(formula("x", "100元 ÷ (月薪 ÷ 100元)"), wages=(0, 3600_00))
    assert found.errors.tolist() == [RowError.DIVIDED_BY_ZERO, 0]
    assert found.gross_fen.tolist() == [0, 3602_78]


def test_an_impossible_amount_is_an_error_of_the_row():
    assert pay(formula("x", "月薪 × 999999999999 × 999999999999")).errors[0] & RowError.AMOUNT_TOO_LARGE
    assert pay(formula("x", "0 - 5元", Place.DEDUCTION)).errors[0] & RowError.NEGATIVE_AMOUNT


@pytest.mark.parametrize(
    ("items", "key", "code"),
    [
        ([formula("一", "二 + 1"), formula("二", "三"), formula("三", "一")], "一", "circle"),
        ([formula("一", "一 + 1")], "一", "circle"),
        ([formula("一", "加班费")], "一", "unknown_name"),
        ([formula("一", "出勤天数")], "一", "not_an_amount"),
        ([formula("一", "整月")], "一", "is_condition"),
        ([formula("二", "节日加班费"), formula("一", "二 × 2", overtime_base=True)], "一", "before_overtime"),
    ],
)
def test_a_scheme_that_does_not_hold_together_names_its_item(items, key, code):
    with pytest.raises(ItemError) as caught:
        pay(*items)
    assert (caught.value.key, caught.value.why.code) == (key, code)


def test_a_circle_is_shown():
    with pytest.raises(ItemError) as caught:
        pay(formula("一", "二 + 1"), formula("二", "一"))
    assert caught.value.why.given["names"] == "一 → 二 → 一"


def test_rules_come_back_from_their_json_as_they_were():
    rules = SchemeRules(3, "2026-10-01", (formula("一", "月薪 × 2", limit=Limit.DAMAGES),), (SENIORITY,), 2490_00, 0)
    assert SchemeRules.from_json(rules.as_json()) == rules
    assert SchemeRules.from_json({}) == SchemeRules()


@pytest.mark.parametrize(
    ("asked", "limit", "left", "taken"),
    [
        (900_00, Limit.NONE, 3000_00, 900_00),
        (900_00, Limit.DAMAGES, 3000_00, 510_00),  # 3,000 less the minimum wage of 2,490
        (900_00, Limit.DAMAGES, 4000_00, 800_00),  # 20 % of 4,000
        (900_00, Limit.MINIMUM_WAGE, 4000_00, 900_00),
        (900_00, Limit.MINIMUM_WAGE, 2000_00, 0),
    ],
)
def test_how_much_a_deduction_takes(asked, limit, left, taken):
    assert limited(whole(asked), limit, whole(4000_00), whole(left), 2490_00).tolist() == [taken]
