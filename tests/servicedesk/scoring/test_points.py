"""The arithmetic of points: the examples of docs/scoring.md, and what holds for all numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesk.scoring import points
from tests.servicedesk.scoring.examples import table, tenths

shares = st.fractions(0, 1)
weights = st.lists(st.integers(0, 500), min_size=1, max_size=14)
cards = st.lists(
    st.tuples(st.sampled_from(["compliance", "performance"]), st.integers(1, 300), st.booleans()),
    min_size=1,
    max_size=14,
)


@pytest.mark.parametrize(("share", "floor", "target", "expected"), table("linear"))
def test_in_proportion(share, floor, target, expected):
    credit = points.linear(Fraction(share), Fraction(floor), Fraction(target))
    assert points.points(credit, 100) == tenths(expected)


@pytest.mark.parametrize(("late", "missing", "returned", "expected"), table("deduct"))
def test_off_for_each_event(late, missing, returned, expected):
    events = {"late": int(late), "missing": int(missing), "returned": int(returned)}
    credit = points.deduct(events, {"late": 30, "missing": 80, "returned": 20}, 80)
    assert points.points(credit, 80) == tenths(expected)


@pytest.mark.parametrize(("share", "expected"), table("bands"))
def test_by_bands(share, expected):
    bands = [(Fraction(60, 100), 15), (Fraction(75, 100), 22), (Fraction(90, 100), 30)]
    assert points.points(points.banded(Fraction(share), bands, 30), 30) == tenths(expected)


@pytest.mark.parametrize(("compliance", "performance", "left", "right"), table("redistribute"))
def test_points_of_lines_that_do_not_apply_go_to_the_others(compliance, performance, left, right):
    lines = [
        (kind, 10 * int(cell.strip("()")), not cell.startswith("("))
        for kind, cells in (("compliance", compliance), ("performance", performance))
        for cell in cells.split()
    ]
    assert points.redistribute(lines) == [tenths(cell) for cell in f"{left} {right}".split()]


def test_an_event_without_a_price_is_not_free():
    with pytest.raises(KeyError):
        points.deduct({"forgotten": 1}, {"late": 30}, 80)


def test_a_floor_at_the_target_is_refused():
    with pytest.raises(ValueError, match="not below"):
        points.linear(Fraction(1), Fraction(1), Fraction(1))


@given(shares, shares, st.integers(0, 1000))
def test_more_is_never_worth_less(one, other, full):
    floor, target = Fraction(1, 5), Fraction(4, 5)
    low, high = (points.points(points.linear(share, floor, target), full) for share in sorted([one, other]))
    assert 0 <= low <= high <= full


@given(st.dictionaries(st.sampled_from(["late", "missing"]), st.integers(0, 50)), st.integers(1, 300))
def test_deductions_stay_between_nothing_and_all(events, base):
    credit = points.deduct(events, {"late": 30, "missing": 80}, base)
    assert 0 <= credit <= 1
    assert (credit == 1) == (not any(events.values()))


@given(st.integers(0, 1000), weights)
def test_sharing_out_loses_nothing_and_is_within_a_tenth(whole, parts):
    shared = points.share_out(whole, parts)
    total = sum(parts)
    assert sum(shared) == (whole if total else 0)
    assert all(abs(share * total - whole * part) < total for share, part in zip(shared, parts, strict=True) if total)


@given(cards)
def test_redistribution_keeps_the_sum_and_gives_unused_lines_nothing(lines):
    full = points.redistribute(lines)
    whole = sum(base for _kind, base, _used in lines)
    assert sum(full) == (whole if any(used for *_rest, used in lines) else 0)
    assert all(got >= base if used else got == 0 for got, (_kind, base, used) in zip(full, lines, strict=True))


@given(cards)
def test_without_unused_lines_nothing_moves(lines):
    used = [(kind, base, True) for kind, base, _used in lines]
    assert points.redistribute(used) == [base for _kind, base, _used in lines]
