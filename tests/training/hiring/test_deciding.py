import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.making import KEYS, scores
from training.hiring.competences import competences, current_version
from training.hiring.deciding import Rule, decide, median_tenths

RULE = Rule("test", mean_tenths=35, floor_tenths=30, raters=2, disagreement=2)
ratings = st.tuples(*[st.integers(1, 5)] * 5).map(lambda values: scores(*values))


@pytest.mark.parametrize(
    ("given_ratings", "state", "mean"),
    [
        ([scores(4)], "waiting", 0),
        ([scores(4), scores(4)], "suitable", 40),
        ([scores(3), scores(4)], "suitable", 35),
        ([scores(3, 3, 3, 3, 4), scores(4, 4, 4, 4, 3)], "suitable", 35),
        ([scores(3), scores(3, 4, 4, 4, 4)], "unsuitable", 34),
        ([scores(2, 5, 5, 5, 5), scores(3, 5, 5, 5, 5)], "unsuitable", 45),
        ([scores(3, 4, 4, 4, 4), scores(5, 4, 4, 4, 4)], "third", 0),
        ([scores(2, 4, 4, 4, 4), scores(5, 4, 4, 4, 4), scores(4)], "suitable", 40),
        ([scores(2, 4, 4, 4, 4), scores(5, 4, 4, 4, 4), scores(2, 4, 4, 4, 4)], "unsuitable", 36),
    ],
)
def test_the_rule_by_example(given_ratings, state, mean):
    verdict = decide(given_ratings, RULE)
    assert (verdict.state, verdict.mean_tenths) == (state, mean)


def test_what_fell_below_the_floor_is_named():
    assert decide([scores(2, 5, 5, 5, 5), scores(3, 5, 5, 5, 5)], RULE).below_floor == ("comprehension",)


def test_where_raters_disagree_is_named():
    assert decide([scores(3, 4, 4, 4, 4), scores(5, 4, 4, 4, 4)], RULE).disagreeing == ("comprehension",)


@given(ratings, ratings)
def test_who_comes_first_does_not_matter(one, other):
    assert decide([one, other], RULE) == decide([other, one], RULE)


@given(ratings, ratings, ratings)
def test_three_ratings_always_decide(one, two, three):
    assert decide([one, two, three], RULE).is_final


@given(ratings, ratings, ratings, st.sampled_from(KEYS))
def test_a_better_rating_never_makes_unsuitable(one, two, three, key):
    better = {**three, key: min(three[key] + 1, 5)}
    before, after = decide([one, two, three], RULE), decide([one, two, better], RULE)
    assert not (before.state == "suitable" and after.state == "unsuitable")


@given(st.lists(st.integers(1, 5), min_size=2, max_size=3))
def test_the_median_lies_between_the_ratings(values):
    assert min(values) * 10 <= median_tenths(values) <= max(values) * 10


def test_five_competences_with_five_anchors_each_in_both_languages():
    given_ones = competences(current_version(dt.date(2026, 11, 23)))
    assert tuple(one.key for one in given_ones) == KEYS
    assert all(len(one.anchors_zh) == len(one.anchors_en) == 5 for one in given_ones)


def test_before_the_first_version_there_is_no_rule():
    with pytest.raises(LookupError):
        Rule.on(dt.date(2025, 12, 31))
