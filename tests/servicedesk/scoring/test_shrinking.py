"""Few observations are judged with the help of the team's."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesk.scoring.shrinking import STRONGEST, UNKNOWN, WEAKEST, Prior, permille, prior_of, shrink
from tests.servicedesk.scoring.examples import table

counts = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n).map(Fraction), st.just(n))), max_size=40
)


@pytest.mark.parametrize(("good", "checked", "raw", "shrunken"), table("shrink"))
def test_worked_examples(good, checked, raw, shrunken):
    share = shrink(Fraction(good), int(checked), Prior(Fraction(9, 10), 10))
    assert f"{permille(share) / 10:.1f}%" == shrunken
    assert f"{permille(Fraction(int(good), int(checked))) / 10:.1f}%" == raw


def test_few_people_give_the_usual_strength():
    assert prior_of([(Fraction(9), 10), (Fraction(8), 10)]) == Prior(Fraction(18, 22), UNKNOWN)


def test_people_who_are_alike_pull_hard_and_people_who_differ_little():
    alike = [(Fraction(9), 10)] * 8
    apart = [(Fraction(2), 20), (Fraction(20), 20)] * 4
    assert prior_of(alike).strength == STRONGEST
    assert prior_of(apart).strength == WEAKEST


def test_nobody_checked_expects_one_half():
    assert prior_of([]) == Prior(Fraction(1, 2), UNKNOWN)


@given(counts)
def test_the_prior_is_always_a_usable_one(seen):
    prior = prior_of(seen)
    assert 0 < prior.share < 1
    assert WEAKEST <= prior.strength <= STRONGEST


@given(st.integers(1, 50), st.data(), st.fractions(0, 1), st.integers(WEAKEST, STRONGEST))
def test_a_shrunken_rate_lies_between_ones_own_and_the_teams(observed, data, share, strength):
    good = data.draw(st.integers(0, observed))
    own = Fraction(good, observed)
    assert min(own, share) <= shrink(Fraction(good), observed, Prior(share, strength)) <= max(own, share)
