"""The gaps of the four-way match and what each puts at risk: worked numbers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payroll.matching.gaps import Facts, Gap, gaps_of

FINE = Facts(
    should=True, declared=True, billed=True, paid=True, days=31, days_after=0, days_late=0, days_in_month=31,
    due_fen=1_550_00, employer_fen=1_000_00,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "gap", "fen"),
    [
        # 1,550 ÷ 31 × 10 days without insurance
        ({"declared": False, "billed": None, "paid": None, "days": 10}, Gap.NOT_DECLARED, 500_00),
        # and 1,550 × 0.05 % × 20 days late
        ({"declared": False, "billed": None, "paid": None, "days_late": 20}, Gap.NOT_DECLARED, 1_550_00 + 15_50),
        ({"billed": False}, Gap.NOT_BILLED, 1_000_00),
        ({"paid": False, "days_late": 20}, Gap.NOT_PAID, 15_50),
        ({"should": False, "days": 0, "days_after": 31, "billed": None}, Gap.NOT_PLACED, 1_550_00),
        ({"declared": False, "should": False, "paid": None}, Gap.BILLED_NOT_DECLARED, 1_000_00),
    ],
)
def test_what_a_gap_costs(changes, gap, fen):
    assert gaps_of(replace(FINE, **changes)) == {gap: fen}


def test_when_all_four_agree_nothing_is_at_risk():
    assert gaps_of(FINE) == {}


def test_what_nobody_can_know_is_no_gap():
    assert gaps_of(replace(FINE, declared=None, billed=None, paid=None)) == {}


maybe = st.sampled_from([True, False, None])


@given(
    st.builds(
        Facts, should=st.booleans(), declared=maybe, billed=maybe, paid=maybe, days=st.integers(0, 31),
        days_after=st.integers(0, 31), days_late=st.integers(0, 400), days_in_month=st.integers(28, 31),
        due_fen=st.integers(0, 10**7), employer_fen=st.integers(0, 10**7),
    )
)  # fmt: skip
def test_nothing_at_risk_is_below_zero_and_unknown_is_never_a_gap(facts):
    found = gaps_of(facts)
    assert all(fen >= 0 for fen in found.values())
    assert facts.declared is not None or not found
