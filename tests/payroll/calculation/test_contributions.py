"""Published and tested figures of insurance and housing fund: tests/examples/contribution_examples.json."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from agency.money import Rounding, parse_yuan, round_fen
from payroll.calculation.columns import RowError, RowWarning
from payroll.calculation.contribution_terms import (
    HOUSING_FUND,
    INJURY,
    INSURANCES,
    MEDICAL,
    PENSION,
    UNEMPLOYMENT,
    ContributionPolicy,
    InsuranceTerms,
)
from payroll.calculation.contributions import ContributionInputs, contribute, difference
from tests.payroll.rules import CITIES
from tests.payroll.workers import side, whole, yuan_column

EXAMPLES = json.loads(
    (Path(__file__).parents[2] / "examples" / "contribution_examples.json").read_text(), parse_float=Decimal
)


def of_type(name):
    return [example for example in EXAMPLES if example["type"] == name]


def millionths(percent):
    return int(Decimal(str(percent)) * 10_000)


def fund(base, percent):
    """Give one side of the housing fund without limits, in yuan."""
    terms = InsuranceTerms(HOUSING_FUND, None, None, *[side(millionths(percent), Rounding.HALF_UP_YUAN)] * 2)
    inputs = ContributionInputs(whole(0), whole(0), yuan_column(base))
    result = contribute(inputs, [ContributionPolicy("", (terms,))], 7)
    assert result.employee.fen[HOUSING_FUND].tolist() == result.employer.fen[HOUSING_FUND].tolist()
    return int(result.employee.fund_fen[0]) / 100


@pytest.mark.parametrize("case", of_type("housing_fund_rounding"), ids=lambda c: f"{c['city']}-{c['base']}")
def test_published_limits_of_the_fund(case):
    sides = 2 if case["what"] == "both sides" or case["city"] == "南昌" else 1
    assert fund(case["base"], case["rate_pct"]) * sides == case["published"]


def test_fund_rounded_half_up_per_side():
    (case,) = of_type("hf_rounding_test")
    assert [fund(row["base"], row["rate"]) for row in case["inputs"]] == case["expected"]


def test_a_worker_in_beijing():
    (case,) = of_type("full")
    expected = {name: parse_yuan(value) for name, value in case["expected"].items()}
    policy = CITIES["beijing"].on(date(2026, 7, 1)).policy
    result = contribute(
        ContributionInputs(
            whole(0),
            yuan_column("20000"),
            yuan_column("20000"),
            employer_rates={INJURY: whole(2_000), HOUSING_FUND: whole(120_000)},
            employee_rates={HOUSING_FUND: whole(120_000)},
        ),
        [policy],
        7,
    )
    assert result.errors.tolist() == [0]
    own = {name: int(column[0]) for name, column in result.employee.fen.items()}
    assert own[PENSION] == expected["pension_ee"]
    assert own[MEDICAL] == expected["medical_ee"]
    assert own[UNEMPLOYMENT] == expected["unemployment_ee"]
    assert result.employee.social_fen.tolist() == [expected["si_ee"]]
    assert result.employer.social_fen.tolist() == [expected["si_er"]]
    assert result.employee.fund_fen.tolist() == [expected["hf_ee"]]
    assert result.employer.fund_fen.tolist() == [expected["hf_er"]]


def test_a_low_wage_is_raised_to_the_floor_of_each_insurance():
    (case,) = of_type("clamp")
    bases = case["inputs"]["bases"]
    terms = [
        InsuranceTerms(PENSION, *(parse_yuan(base) for base in bases["pension"]), side(0), side(80_000)),
        InsuranceTerms(MEDICAL, *(parse_yuan(base) for base in bases["medical"]), side(0), side(20_000)),
        InsuranceTerms(UNEMPLOYMENT, parse_yuan(bases["unemployment_floor"]), None, side(0), side(2_000)),
        InsuranceTerms(
            HOUSING_FUND,
            parse_yuan(bases["hf_floor"]),
            None,
            side(0),
            side(millionths(case["inputs"]["hf_rate"]), Rounding.HALF_UP_YUAN),
        ),
    ]
    wage = yuan_column(case["inputs"]["wage"])
    result = contribute(ContributionInputs(whole(0), wage, wage), [ContributionPolicy("", tuple(terms))], 9)
    expected = case["expected"]
    own = {name: int(column[0]) for name, column in result.employee.fen.items()}
    assert own[PENSION] == parse_yuan(expected["pension"])
    assert own[MEDICAL] == parse_yuan(expected["medical"])
    assert own[UNEMPLOYMENT] == parse_yuan(expected["unemployment"])
    assert own[HOUSING_FUND] == parse_yuan(expected["hf"])
    assert sum(own.values()) == parse_yuan(expected["total"])
    assert result.warnings.tolist() == [RowWarning.BASE_RAISED_TO_FLOOR]


def test_employer_parts():
    (case,) = of_type("employer_parts")
    inputs, expected = case["inputs"], case["expected"]
    rates = zip((PENSION, MEDICAL, UNEMPLOYMENT, INJURY), inputs["er"], strict=True)
    terms = [InsuranceTerms(name, None, None, side(millionths(rate)), side(0)) for name, rate in rates]
    terms.append(InsuranceTerms(HOUSING_FUND, None, None, side(millionths(inputs["hf"])), side(0)))
    base = yuan_column(inputs["base"])
    result = contribute(ContributionInputs(whole(0), base, base), [ContributionPolicy("", tuple(terms))], 9)
    due = [int(column[0]) for column in result.employer.fen.values() if column[0]]
    assert [*due, sum(due)] == [parse_yuan(value) for value in expected]


def test_the_rule_is_rounding_per_insurance_not_of_the_sum():
    (case,) = of_type("employer_cost")
    rates = [millionths(rate) for rate in case["inputs"]["rates_pct"]]
    for base, per_insurance, of_sum in zip(
        case["inputs"]["bases"], case["per_insurance_rounding"], case["rounding_of_sum"], strict=True
    ):
        terms = [
            InsuranceTerms(name, None, None, side(rate), side(0))
            for name, rate in zip((PENSION, MEDICAL, UNEMPLOYMENT, INJURY), rates, strict=True)
        ]
        inputs = ContributionInputs(whole(0), yuan_column(base), yuan_column(base))
        result = contribute(inputs, [ContributionPolicy("", tuple(terms))], 7)
        assert result.employer.social_fen.tolist() == [parse_yuan(per_insurance)]
        assert round_fen(parse_yuan(base) * sum(rates), 1_000_000) == parse_yuan(of_sum)


def test_every_published_example_is_used():
    assert {example["type"] for example in EXAMPLES} == {
        "housing_fund_rounding", "full", "clamp", "hf_rounding_test", "employer_cost", "employer_parts",
    }  # fmt: skip


def beijing(base, month, injury=2_000, policy=None):
    policies = [CITIES["beijing"].on(date(2026, month, 1)).policy]
    fund_rate = {HOUSING_FUND: whole(50_000)}
    return contribute(
        ContributionInputs(
            whole(0) if policy is None else policy,
            yuan_column(base),
            yuan_column(base),
            employer_rates={INJURY: whole(injury), **fund_rate},
            employee_rates=fund_rate,
        ),
        policies,
        month,
    )


def test_a_late_notice_makes_a_difference_due():
    # 7,162 was the floor until June 2026; the notice of 2026-08-21 made it 7,270 from July.
    late = difference(beijing("7000", 6), beijing("7000", 7))
    assert late.employee.fen[PENSION].tolist() == [864]
    assert late.employer.fen[PENSION].tolist() == [1728]
    assert late.employee.social_fen.tolist() == [864 + 216 + 54]


def test_a_fixed_amount_is_due_in_its_months_only():
    terms = InsuranceTerms(
        MEDICAL, None, None, side(80_000), side(20_000, fixed_fen=13_000, fixed_months=frozenset({1}))
    )
    inputs = ContributionInputs(whole(0), yuan_column("5000"), yuan_column("0"))
    policies = [ContributionPolicy("", (terms,))]
    assert contribute(inputs, policies, 1).employee.social_fen.tolist() == [23_000]
    assert contribute(inputs, policies, 2).employee.social_fen.tolist() == [10_000]


def test_workers_of_several_cities_and_uninsured_ones_in_one_call():
    policies = [CITIES[city].on(date(2026, 10, 1)).policy for city in ("beijing", "shanghai")]
    n = 3
    fund_rates = {HOUSING_FUND: np.full(n, 50_000)}
    result = contribute(
        ContributionInputs(
            whole(0, 1, -1),
            np.full(n, 2_000_000),
            np.full(n, 2_000_000),
            employer_rates={INJURY: np.full(n, 4_000), **fund_rates},
            employee_rates=fund_rates,
        ),
        policies,
        10,
    )
    assert result.errors.tolist() == [0, 0, 0]
    assert result.employee.fen[MEDICAL].tolist() == [40_300, 40_000, 0]
    assert result.employer.fen[MEDICAL].tolist() == [196_000, 180_000, 0]


def test_who_is_not_enrolled_pays_nothing():
    terms = tuple(InsuranceTerms(name, None, None, side(10_000), side(10_000)) for name in INSURANCES)
    base = yuan_column("5000")
    nobody = {name: np.array([False]) for name in INSURANCES if name != INJURY}
    result = contribute(ContributionInputs(whole(0), base, base, enrolled=nobody), [ContributionPolicy("", terms)], 9)
    assert result.employer.social_fen.tolist() == [5_000]
    assert result.employer.fund_fen.tolist() == [0]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"injury": 1}, RowError.RATE_OUT_OF_RANGE),
        ({"injury": 0}, RowError.RATE_OUT_OF_RANGE),
        ({"base": "0"}, RowError.CONTRIBUTION_BASE_MISSING),
        ({"base": "-1"}, RowError.NEGATIVE_AMOUNT),
        ({"base": "200000000"}, RowError.AMOUNT_TOO_LARGE),
        ({"policy": whole(1)}, RowError.UNKNOWN_POLICY),
        ({"policy": whole(-2)}, RowError.UNKNOWN_POLICY),
    ],
)
def test_what_cannot_be_is_named_and_pays_nothing(changes, error):
    result = beijing(changes.pop("base", "8000"), 10, **changes)
    assert result.errors.tolist() == [error]
    assert result.employee.social_fen.tolist() == result.employer.fund_fen.tolist() == [0]


@pytest.mark.parametrize("employer", list(Rounding))
@pytest.mark.parametrize("employee", [Rounding.HALF_UP_FEN, Rounding.CARRY_JIAO_TO_YUAN])
def test_each_side_is_rounded_its_own_way(employer, employee):
    terms = InsuranceTerms(PENSION, None, None, side(123_456, employer), side(78_901, employee))
    inputs = ContributionInputs(whole(0), whole(487_913), whole(0))
    result = contribute(inputs, [ContributionPolicy("", (terms,))], 9)
    assert result.employer.social_fen.tolist() == [round_fen(487_913 * 123_456, 1_000_000, employer)]
    assert result.employee.social_fen.tolist() == [round_fen(487_913 * 78_901, 1_000_000, employee)]
