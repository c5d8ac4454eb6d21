import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.marking import is_right, points_for

KEYS = "abcdef"
kinds = st.sampled_from(["single", "multiple"])
choices = st.sets(st.sampled_from(KEYS))
rights = st.sets(st.sampled_from(KEYS), min_size=1)
points = st.integers(1, 100)


@pytest.mark.parametrize(
    ("kind", "right", "chosen", "worth", "earned"),
    [
        ("single", "a", "a", 5, 5),
        ("single", "a", "b", 5, 0),
        ("single", "a", "", 5, 0),
        ("multiple", "abc", "abc", 5, 5),
        ("multiple", "abc", "ab", 5, 2),
        ("multiple", "abc", "a", 4, 2),
        ("multiple", "abc", "a", 1, 0),
        ("multiple", "abc", "abd", 5, 0),
        ("multiple", "abc", "abcd", 5, 0),
        ("multiple", "abc", "", 5, 0),
    ],
)
def test_the_table_of_the_rule(kind, right, chosen, worth, earned):
    assert points_for(kind, right, chosen, worth) == earned


@given(kinds, rights, choices, points)
def test_points_lie_between_none_and_all(kind, right, chosen, worth):
    assert points_for(kind, right, chosen, worth) in {0, worth // 2, worth}


@given(kinds, rights, choices, points)
def test_all_points_only_for_exactly_what_is_right(kind, right, chosen, worth):
    assert (points_for(kind, right, chosen, worth) == worth) == (chosen == right)
    assert is_right(right, chosen) == (chosen == right)


@given(kinds, rights, choices, points)
def test_a_wrong_choice_never_pays(kind, right, chosen, worth):
    if chosen - right:
        assert points_for(kind, right, chosen, worth) == 0


@given(rights, st.permutations(KEYS), points)
def test_the_order_of_choosing_does_not_matter(right, order, worth):
    chosen = [key for key in order if key in right]
    assert points_for("multiple", right, chosen, worth) == points_for("multiple", sorted(right), chosen[::-1], worth)


@given(rights, choices, st.sampled_from(KEYS), points)
def test_a_further_right_choice_never_costs(right, chosen, more, worth):
    if more in right:
        before, after = (points_for("multiple", right, c, worth) for c in (chosen, chosen | {more}))
        assert after >= before
