"""The share of dispatched workers: Interim Provisions on Labour Dispatch, article 4."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clients.enterprises.share import share_of


def test_the_example_of_the_mock():
    share = share_of(96, 916)
    assert (share.fraction, share.room, share.too_many) == (Decimal("0.0949"), 5, 0)


def test_over_the_limit_it_says_how_many_are_too_many():
    assert share_of(110, 900).too_many == 10


def test_without_the_clients_own_headcount_there_is_no_share():
    assert share_of(96, None) is None


@given(st.integers(0, 5_000), st.integers(0, 50_000))
def test_with_the_room_filled_the_limit_holds_and_one_more_breaks_it(dispatched, own):
    full = dispatched + share_of(dispatched, own).room
    assert full * 10 <= full + own
    assert (full + 1) * 10 > full + 1 + own
