"""A draw nobody can steer and everybody can verify."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesk.review.rates import judgement, wilson
from servicedesk.review.sampling import Rate, digest_of, draw, weighted_share

RATES = {"confirmed": Rate(50, 1), "unconfirmed": Rate(200, 2)}
KEYS = [f"talk-{n}" for n in range(40)]


def test_the_same_seed_draws_the_same_talks_whatever_the_order_of_the_list():
    forward = draw({"7/unconfirmed": KEYS}, RATES, "20261031-4471")
    backward = draw({"7/unconfirmed": KEYS[::-1]}, RATES, "20261031-4471")
    assert forward == backward
    assert [item.key for item in forward] == [
        "talk-18", "talk-0", "talk-13", "talk-25", "talk-1", "talk-32", "talk-2", "talk-37",
    ]  # fmt: skip


def test_another_seed_draws_others():
    one = {item.key for item in draw({"7/unconfirmed": KEYS}, RATES, "a")}
    other = {item.key for item in draw({"7/unconfirmed": KEYS}, RATES, "b")}
    assert one != other


@pytest.mark.parametrize(
    ("stratum", "population", "drawn"),
    [("confirmed", 40, 2), ("confirmed", 3, 1), ("unconfirmed", 40, 8), ("unconfirmed", 3, 2), ("unconfirmed", 1, 1)],
)
def test_a_share_is_rounded_up_and_has_a_floor(stratum, population, drawn):
    assert len(draw({f"7/{stratum}": KEYS[:population]}, RATES, "s")) == drawn


def test_a_draw_without_a_seed_is_refused():
    with pytest.raises(ValueError, match="seed"):
        draw({"7/confirmed": KEYS}, RATES, "")


@given(
    st.lists(st.uuids().map(str), unique=True, max_size=60),
    st.text(min_size=1),
    st.integers(1, 1000),
    st.integers(0, 9),
)
def test_every_draw_is_without_repeats_of_the_right_size_and_from_the_list(keys, seed, permille, floor):
    rate = Rate(permille, floor)
    found = draw({"7/confirmed": keys}, {"confirmed": rate}, seed)
    assert len({item.key for item in found}) == len(found) == rate.size(len(keys)) <= len(keys)
    assert {item.key for item in found} <= set(keys)
    assert [item.rank for item in found] == list(range(1, len(found) + 1))


def test_each_talk_is_drawn_about_equally_often_over_many_seeds():
    hits = dict.fromkeys(KEYS, 0)
    for seed in range(2000):
        for item in draw({"7/unconfirmed": KEYS}, RATES, str(seed)):
            hits[item.key] += 1
    assert all(300 < count < 500 for count in hits.values()), "2000 draws of 8 in 40: about 400 each"


def test_the_fingerprint_tells_an_added_talk():
    assert digest_of(KEYS) == digest_of(KEYS[::-1]) != digest_of([*KEYS, "talk-40"])


def test_talks_drawn_more_often_do_not_count_more():
    """2 of 100 confirmed are checked, 1 false; 10 of 10 unconfirmed, 5 false: (50 + 5) of 110, not 6 of 12."""
    confirmed = [(Fraction(2, 100), faulty) for faulty in (True, False)]
    unconfirmed = [(Fraction(1), faulty) for faulty in [True] * 5 + [False] * 5]
    assert weighted_share(confirmed + unconfirmed) == Fraction(55, 110)
    assert weighted_share([]) is None


@pytest.mark.parametrize(
    ("good", "checked", "low", "high", "state"),
    [
        (14, 20, 48.1, 85.5, "tighten"),
        (28, 31, 75.1, 96.7, "normal"),
        (7, 8, 52.9, 97.8, "normal"),
        (60, 60, 94.0, 100.0, "relax"),
    ],
)
def test_few_checks_decide_nothing(good, checked, low, high, state):
    """The figures of the design's screen, by Wilson's interval."""
    found = wilson(good, checked)
    assert (round(found.low, 1), round(found.high, 1)) == (low, high)
    assert judgement(found, 90) == state


def test_nothing_checked_is_no_rate():
    assert wilson(0, 0) is None
