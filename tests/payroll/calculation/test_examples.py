"""Worked cases of public origin: tests/examples/iit_examples.json."""

import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from agency.money import parse_yuan
from payroll.calculation.bonus import bonus_tax
from payroll.calculation.remuneration import StudentInputs, single_tax, withhold_from_students
from payroll.calculation.severance import severance_tax
from payroll.calculation.withholding import BasicMethod, WithholdingInputs, YearToDate, withhold
from tests.payroll.rules import BASIC, COSTS, MONTHLY, REMUNERATION, YEARLY

EXAMPLES = json.loads((Path(__file__).parents[2] / "examples" / "iit_examples.json").read_text(), parse_float=Decimal)


def of_kind(kind):
    cases = [case for case in EXAMPLES if case["kind"] == kind]
    return pytest.mark.parametrize("case", cases, ids=[case["id"] for case in cases])


def fen(values):
    return np.array([parse_yuan(value) for value in values], dtype=np.int64)


def basic_method(case):
    given = [month.get("basic_deduction_cumulative") for month in case["inputs"]]
    if given[0] is None:
        return BasicMethod.MONTHS_HERE
    return BasicMethod.AT_ONCE if set(given) == {60000} else BasicMethod.FIRST_JOB_OF_YEAR


@of_kind("monthly")
def test_months_in_a_row(case):
    before, additional = YearToDate.start(1), 0
    for number, (month, expected) in enumerate(zip(case["inputs"], case["expected"], strict=True), start=1):
        additional += month.get("additional_deductions", 0)
        result = withhold(
            WithholdingInputs(
                tax_month=month["month"],
                before=before,
                months_here=np.array([number]),
                basic_method=np.array([int(basic_method(case))]),
                income_fen=fen([month["income"]]),
                exempt_fen=fen([0]),
                special_fen=fen([month.get("special_deductions", 0)]),
                additional_to_date_fen=fen([additional]),
                pension_to_date_fen=fen([0]),
                other_fen=fen([month.get("other", 0)]),
                relief_fen=fen([0]),
            ),
            YEARLY,
            BASIC,
        )
        assert result.errors.tolist() == [0]
        basic = month.get("basic_deduction_cumulative", number * month.get("basic_deduction", 0))
        assert result.basic_to_date_fen.tolist() == fen([basic]).tolist()
        assert result.withheld_fen.tolist() == fen([expected["withheld"]]).tolist(), month
        before = result.to_date


@of_kind("annual")
def test_yearly_table(case):
    taxable = fen(row["taxable_income"] for row in case["inputs"])
    assert YEARLY.tax(taxable).tolist() == fen(row["tax"] for row in case["expected"]).tolist()


@of_kind("bonus_separate")
def test_bonus_taxed_apart(case):
    bonus = fen(row["bonus"] for row in case["inputs"])
    assert bonus_tax(bonus, MONTHLY).tolist() == fen(row["tax"] for row in case["expected"]).tolist()


@of_kind("severance")
def test_severance(case):
    result = severance_tax(
        fen(row["severance"] for row in case["inputs"]),
        fen(row["local_avg_annual_wage"] for row in case["inputs"]),
        YEARLY,
    )
    assert result.tax_fen.tolist() == fen(row["tax"] for row in case["expected"]).tolist()


@of_kind("remuneration_cumulative")
def test_students(case):
    for row, expected in zip(case["inputs"], case["expected"], strict=True):
        result = withhold_from_students(
            StudentInputs(np.array([1]), fen([0]), fen([0]), fen([row["income"]])), YEARLY, COSTS, BASIC
        )
        assert result.withheld_fen.tolist() == fen([expected["tax"]]).tolist()


def test_the_same_student_paid_singly_would_lose_440():
    assert single_tax(fen([3000]), REMUNERATION, COSTS).tolist() == [44000]


def test_every_kind_of_example_is_run():
    assert {case["kind"] for case in EXAMPLES} == {
        "monthly", "annual", "bonus_separate", "severance", "remuneration_cumulative",
    }  # fmt: skip
