"""`trial_contributions`: 13 cities, every month and side like the slow reference; the unknown is left out and told."""

import json
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payroll.trial.answering import answer_contributions, answer_payroll
from payroll.trial.exact import read, write
from tests.payroll.reference import RAW, contributions, rules_of
from tests.payroll.trial.test_payroll_cases import TODAY, run

MONTHS = [f"{year}-{month:02d}" for year in (2025, 2026, 2027, 2028) for month in range(1, 13)]


def ask(*cases):
    text = json.dumps([{"id": "C", **case} for case in cases])
    return json.loads(write(answer_contributions(read(text))), parse_constant=pytest.fail)


def case(**changes):
    return {
        "city": "北京", "period": "2026-07", "base": 20000, "housing_fund_base": 20000, "housing_fund_rate": 12,
        "injury_rate": 0.2, **changes,
    }  # fmt: skip


def amounts(result, side):
    return {name: due[side]["amount"] for name, due in result["insurances"].items()}


def test_beijing_as_published(monkeypatch):
    (answer,) = run(monkeypatch, "trial_contributions", json.dumps([case()]).encode())
    result = answer["result"]
    own = {"pension": 1600, "medical": 403, "unemployment": 100, "injury": 0, "housing_fund": 2400}
    assert amounts(result, "employee") == own
    assert result["employee"] == {"social": 2103, "fund": 2400}
    assert result["employer"] == {"social": 5300, "fund": 2400}
    pension = result["insurances"]["pension"]
    assert pension["source"][0].startswith("京人社发〔2026〕7号") and pension["provisional"] is False
    assert result["insurances"]["injury"]["provisional"] is True


@pytest.mark.parametrize("city", sorted(RAW))
def test_every_city_and_month_equals_the_reference(city):
    draw = np.random.default_rng(sorted(RAW).index(city))
    variants = {"medical": "tier1"} if city == "shenzhen" else {}
    cases = [
        case(
            city=city, period=period, base=int(draw.integers(100, 6_000_000)) / 100,
            housing_fund_base=int(draw.integers(100, 6_000_000)) / 100, housing_fund_rate=int(draw.integers(5, 8)),
            injury_rate=0.24, supplementary_fund_rate=3,
        )
        for period in MONTHS
        for _round in range(4)
    ]  # fmt: skip
    answered = 0
    for given_case, answer in zip(cases, ask(*cases), strict=True):
        worker = {
            "social_base": Decimal(str(given_case["base"])),
            "fund_base": Decimal(str(given_case["housing_fund_base"])),
            "enrolled": {"supplementary_fund": True},
            "rates": {
                **{
                    ("housing_fund", side): given_case["housing_fund_rate"] * 10_000
                    for side in ("employer", "employee")
                },
                **{("supplementary_fund", side): 30_000 for side in ("employer", "employee")},
                ("injury", "employer"): 2_400,
            },
        }
        rules = rules_of(city, f"{given_case['period']}-01", variants)
        due = contributions(worker, rules, int(given_case["period"][5:]))
        if not rules:
            assert answer["error"]["where"] == "period"
            continue
        answered += 1
        result = answer["result"]
        got = {(name, side): Decimal(str(each[side]["amount"])) for name, each in result["insurances"].items()
               for side in ("employer", "employee")}  # fmt: skip
        assert got == due
        assert set(result["left_out"]) == {rule["insurance"] for rule in RAW[city]["rules"]} - {name for name, _ in due}
    assert answered >= 4 * 36


@pytest.mark.parametrize(("period", "floor"), [("2026-08", 2500), ("2026-09", 2680), ("2025-12", 2500)])
def test_the_floor_moves_inside_the_year(period, floor):
    (answer,) = ask(case(city="广州", period=period, base=100, housing_fund_base=100))
    assert answer["result"]["insurances"]["housing_fund"]["employee"]["base"] == floor


def test_the_last_known_figures_are_carried_forward_and_marked():
    (answer,) = ask(case(period="2028-03"))
    pension = answer["result"]["insurances"]["pension"]
    assert (pension["provisional"], pension["carried_forward"], pension["valid_to"]) == (True, True, "2027-07-01")


def test_variants_and_their_default():
    plain, second, local = ask(
        case(city="深圳市", period="2026-05"),
        case(city="Shenzhen", period="2026-05", variants={"medical": "tier2"}),
        case(city="深圳", period="2026-05", variants={"pension": "local_hukou"}),
    )
    assert plain["result"]["insurances"]["medical"]["variant"] == "tier1"
    assert second["result"]["insurances"]["medical"]["employer"]["rate"] == 1.5
    assert local["result"]["insurances"]["pension"]["employer"]["rate"] == 17
    (sip,) = ask(case(city="苏州", variants={"housing_fund": "sip"}, housing_fund_base=3000))
    assert sip["result"]["insurances"]["housing_fund"]["employee"] == {
        "base": 4952, "rate": 12, "fixed": 0, "amount": 594,
    }  # fmt: skip


def test_rates_as_per_cent_or_as_fractions():
    per_cent, fraction = ask(case(), case(housing_fund_rate=0.12, injury_rate=0.002))
    assert per_cent["result"] == fraction["result"]


def test_a_fixed_amount_of_the_year_falls_due_in_its_month():
    january, february = ask(case(city="郑州", period="2026-01"), case(city="郑州", period="2026-02"))
    assert [answer["result"]["insurances"]["medical"]["employee"]["fixed"] for answer in (january, february)] == [
        130,
        0,
    ]


def test_without_a_rate_the_rest_is_answered():
    (answer,) = ask({"city": "上海", "period": "2026-10", "base": 9000})
    assert set(answer["result"]["left_out"]) == {"injury", "housing_fund", "supplementary_fund"}
    assert amounts(answer["result"], "employee") == {"pension": 720, "medical": 180, "unemployment": 45}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"city": "拉萨"}, "city"),
        ({"city": 7}, "city"),
        ({"period": "2026-13"}, "period"),
        ({"period": 202607}, "period"),
        ({"period": "2024-01"}, "period"),
        ({"base": 0}, "base"),
        ({"base": -1}, "base"),
        ({"base": "20000"}, "base"),
        ({"housing_fund_base": 1e12}, "housing_fund_base"),
        ({"housing_fund_rate": 13}, "housing_fund_rate"),
        ({"housing_fund_rate": 4.9}, "housing_fund_rate"),
        ({"housing_fund_rate": -12}, "housing_fund_rate"),
        ({"housing_fund_rate": 1e300}, "housing_fund_rate"),
        ({"injury_rate": 2}, "injury_rate"),
        ({"injury_rate": 0}, "injury_rate"),
        ({"variants": {"pension": "local_hukou"}}, "variants.pension"),
        ({"variants": {"dental": ""}}, "variants.dental"),
        ({"variants": ["tier1"]}, "variants"),
        ({"hukou": "local"}, "hukou"),
    ],
)
def test_what_cannot_be_is_named(changes, where):
    first, second = ask(case(**changes), case())
    assert first["error"]["where"] == where and first["error"]["mend"] and first["error"]["case"] == "C"
    assert second["result"]["employee"]["social"] == 2103


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8)
    | st.sampled_from(["monthly", "annual", "severance", "北京", "2026-07"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["id", "kind", "inputs", "month", "income", "bonus", "year", "city", "period", "base", "x",
                         "variants", "injury_rate", "housing_fund_rate", "taxable_income"]), inner, max_size=6
    ),
    max_leaves=25,
)  # fmt: skip


@given(st.lists(anything, max_size=4))
def test_no_json_breaks_either_trial(cases):
    text = json.dumps(cases)
    for answered in (answer_payroll(read(text), TODAY), answer_contributions(read(text))):
        back = json.loads(write(answered), parse_constant=pytest.fail)
        assert len(back) == len(cases)
        assert all(("error" in entry) == (entry["result"] is None) for entry in back)
