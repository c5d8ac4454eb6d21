"""The shipped policies load, cover 13 cities and answer for the months in use."""

from datetime import date

import pytest

from payroll.policies import books
from tests.payroll.rules import CITIES, TAX

VARIANTS = {"shenzhen": {"medical": "tier1"}}
ALWAYS = {"pension", "medical", "unemployment", "injury", "housing_fund"}


def test_thirteen_cities():
    assert set(CITIES) == {
        "beijing", "shanghai", "guangzhou", "shenzhen", "hangzhou", "suzhou", "chengdu", "zhengzhou",
        "tianjin", "chongqing", "nanjing", "wuhan", "xian",
    }  # fmt: skip


@pytest.mark.parametrize("pinyin", sorted(CITIES))
@pytest.mark.parametrize("month", [7, 8, 9, 10, 11])
def test_every_city_answers_for_the_second_half_of_2026(pinyin, month):
    terms = CITIES[pinyin].on(date(2026, month, 1), VARIANTS.get(pinyin))
    assert {t.insurance for t in terms.policy.terms} >= ALWAYS
    assert all(terms.sources.values())


@pytest.mark.parametrize("pinyin", sorted(CITIES))
def test_a_later_month_carries_the_last_known_figures_forward(pinyin):
    terms = CITIES[pinyin].on(date(2031, 1, 1), VARIANTS.get(pinyin))
    assert set(terms.carried_forward) >= ALWAYS


def test_three_base_years_in_one_city():
    guangzhou = CITIES["guangzhou"]
    in_august = {t.insurance: t.floor_fen for t in guangzhou.on(date(2026, 8, 1)).policy.terms}
    in_september = {t.insurance: t.floor_fen for t in guangzhou.on(date(2026, 9, 1)).policy.terms}
    assert in_august["medical"] == in_september["medical"] == 623400
    assert (in_august["housing_fund"], in_september["housing_fund"]) == (250000, 268000)
    assert (in_august["unemployment"], in_september["unemployment"]) == (250000, 268000)


def test_the_separate_bonus_ends_with_2027():
    assert TAX.table(books.MONTHLY, date(2027, 12, 31))
    with pytest.raises(books.PolicyError, match="no table monthly_bonus for 2028-01-01"):
        TAX.table(books.MONTHLY, date(2028, 1, 1))


def test_figures_to_check_are_marked():
    beijing = CITIES["beijing"].on(date(2026, 10, 1))
    assert "pension" not in beijing.provisional
    assert "injury" in beijing.provisional
    assert set(CITIES["xian"].on(date(2026, 10, 1)).provisional) >= ALWAYS
