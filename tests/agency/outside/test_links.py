"""A seal signs numbers for one purpose and one life."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from agency.outside.links import BadLink, Seal

SEAL = Seal(salt="tests.first", life=dt.timedelta(days=30))
OTHER = Seal(salt="tests.second", life=dt.timedelta(days=30))
MADE = "2026-10-21T10:00:00+08:00"


@given(st.lists(st.integers(0, 2**53), min_size=1, max_size=4))
def test_what_is_signed_is_read_again(numbers):
    assert SEAL.read(SEAL.sign(*numbers), len(numbers)) == tuple(numbers)


@pytest.mark.parametrize(
    "damage", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: "~", lambda t: t + "0"]
)
def test_a_damaged_token_is_refused(damage):
    with pytest.raises(BadLink) as refused:
        SEAL.read(damage(SEAL.sign(1, 2)), 2)
    assert not refused.value.expired


def test_a_token_for_another_purpose_or_of_another_length_is_refused():
    with pytest.raises(BadLink):
        OTHER.read(SEAL.sign(1, 2), 2)
    with pytest.raises(BadLink):
        SEAL.read(SEAL.sign(1, 2), 3)


def test_a_token_dies_with_its_life():
    with time_machine.travel(MADE, tick=False) as clock:
        token = SEAL.sign(1, 2)
        clock.shift(dt.timedelta(days=29))
        assert SEAL.read(token, 2) == (1, 2)
        clock.shift(dt.timedelta(days=2))
        with pytest.raises(BadLink) as refused:
            SEAL.read(token, 2)
    assert refused.value.expired
