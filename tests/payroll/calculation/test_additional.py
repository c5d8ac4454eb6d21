"""Special additional deductions item by item, as docs/payroll/income_tax.md tells them."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.money import parse_yuan, yuan
from payroll.calculation.additional import Claim, Problem, Takes, claims_to_date, problems
from tests.payroll.documents import fen, tables
from tests.payroll.rules import DAY, TAX

RULES = TAX.additional_deductions(DAY)
TOLD = tables("income_tax.md")
CLAIM = re.compile(r"(\w+) ([\d,.]+)(?: ×(\d))?(?: (\d+)%)?( shared)?(?: from (\d+))?(?: until (\d+))?")


def told(text):
    name, amount, count, share, shared, first, last = CLAIM.fullmatch(text.strip()).groups()
    return Claim(
        name, parse_yuan(amount), int(count or 1), int(share or 100), bool(shared), int(first or 1), int(last or 12)
    )


def test_the_items():
    shown = [
        (
            rule.key, str(rule.takes), " / ".join(yuan(amount, symbol="") for amount in rule.amounts_fen),
            "child" if rule.for_each else "—", ", ".join(map(str, rule.shares)),
            yuan(rule.shared_limit_fen, symbol="") if rule.shared_limit_fen else "—", str(rule.months_limit or "—"),
        )
        for rule in RULES.values()
    ]  # fmt: skip
    assert shown == [tuple(row.values()) for row in TOLD["Items"]]


@pytest.mark.parametrize("row", TOLD["Claims to date"], ids=lambda row: row["claims"])
def test_claims_to_date(row):
    claims = [told(text) for text in row["claims"].split(";")]
    assert [claims_to_date(claims, RULES, int(row["month"]))] == fen(row, "to date")


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ("pet 100.00", [("pet", Problem.UNKNOWN)]),
        ("children_education 1,000.00", [("children_education", Problem.AMOUNT)]),
        ("children_education 2,000.00 30%", [("children_education", Problem.SHARE)]),
        ("elderly 3,000.00 50%", [("elderly", Problem.SHARE)]),
        ("elderly 1,500.01 shared", [("elderly", Problem.AMOUNT)]),
        ("elderly 2,000.00", [("elderly", Problem.AMOUNT)]),
        ("rent 1,500.00 shared", [("rent", Problem.AMOUNT)]),
        ("rent 1,500.00 ×2", [("rent", Problem.NONE)]),
        ("rent 1,500.00 from 5 until 4", [("rent", Problem.NONE)]),
        ("housing_loan 1,000.00;rent 1,500.00", [("rent", Problem.EXCLUDES)]),
        ("rent 1,500.00;housing_loan 1,000.00", [("housing_loan", Problem.EXCLUDES)]),
        ("rent 1,500.00;rent 800.00 from 3", [("rent", Problem.TWICE)]),
        ("serious_illness 80,000.00", [("serious_illness", Problem.SETTLEMENT)]),
    ],
)
def test_what_cannot_be_is_named(claims, found):
    claims = [told(text) for text in claims.split(";")]
    assert problems(claims, RULES) == found
    with pytest.raises(ValueError, match=found[0][0]):
        claims_to_date(claims, RULES, 12)


def test_a_degree_ends_after_four_years():
    assert problems([Claim("degree", 40_000, months_before=36)], RULES) == []
    assert problems([Claim("degree", 40_000, months_before=37)], RULES) == [("degree", Problem.TOO_LONG)]


def test_two_children_may_be_claimed_apart():
    claims = [Claim("children_education", 200_000, share=50), Claim("children_education", 200_000, first=9)]
    assert claims_to_date(claims, RULES, 9) == 9 * 100_000 + 200_000


def test_before_2023_children_had_no_two_thousand():
    assert "children_education" not in TAX.additional_deductions(date(2022, 12, 31))


@given(st.sampled_from([rule for rule in RULES.values() if rule.takes == Takes.MONTHLY]), st.data())
def test_month_by_month_it_is_the_same_sum(rule, data):
    first, last = sorted(data.draw(st.tuples(st.integers(1, 12), st.integers(1, 12))))
    claim = Claim(rule.key, data.draw(st.sampled_from(rule.amounts_fen)), first=first, last=last,
                  share=data.draw(st.sampled_from(rule.shares)))  # fmt: skip
    month = data.draw(st.integers(1, 12))
    counted = sum(claim.amount_fen * claim.share // 100 for number in range(1, month + 1) if first <= number <= last)
    assert claims_to_date([claim], RULES, month) == counted
