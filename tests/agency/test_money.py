"""Amounts are whole fen, read exactly, shown one way, rounded in one place."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.money import (
    MoneyError,
    Rounding,
    decimal_yuan,
    parse_cell,
    parse_yuan,
    round_column,
    round_fen,
    share,
    yuan,
)
from tests.payroll.reference import rounded

AMOUNTS = st.integers(-(10**14), 10**14)
NUMERATORS = st.integers(-(10**15), 10**15)
DENOMINATORS = st.sampled_from([1, 3, 7, 10, 174, 2175, 17_400, 1_000_000])
MODES = st.sampled_from(list(Rounding))


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12,345.67", 1234567),
        ("12345.6", 1234560),
        ("１２，３４５．６７", 1234567),
        (" ¥ 1,000 ", 100000),
        ("￥0.05", 5),
        ("8元", 800),
        ("-3.5", -350),
        ("−3.50", -350),
        ("－¥3.50", -350),
        ("0.300", 30),
        ("5.", 500),
        (7, 700),
        (Decimal("0.30"), 30),
    ],
)
def test_people_write_yuan_in_many_ways(text, fen):
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("元", "empty"),
        ("1.005", "too_many_decimals"),
        ("1,23.00", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("1e5", "not_a_number"),
        ("--5", "not_a_number"),
        ("三百", "not_a_number"),
        ("10000000000000.00", "too_large"),
        (Decimal("NaN"), "not_a_number"),
    ],
)
def test_what_is_no_amount_says_why(text, code):
    with pytest.raises(MoneyError) as refused:
        parse_yuan(text)
    assert refused.value.code == code


@pytest.mark.parametrize("value", [0.3, True, None, 1 + 0j])
def test_floats_and_strangers_are_refused(value):
    with pytest.raises(TypeError):
        parse_yuan(value)


def test_a_cell_is_read_as_the_spreadsheet_shows_it():
    assert parse_cell(0.1 + 0.2) == 30
    assert parse_cell(5351.8) == 535180
    with pytest.raises(MoneyError, match="too_many_decimals"):
        parse_cell(1.005)
    with pytest.raises(MoneyError, match="not_a_number"):
        parse_cell(float("nan"))


@given(st.integers(-(10**14), 10**14))
def test_any_amount_survives_a_spreadsheet(fen):
    assert parse_cell(float(decimal_yuan(fen))) == fen


@given(AMOUNTS)
def test_what_is_shown_can_be_read_back(fen):
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(str(decimal_yuan(fen))) == fen


def test_amounts_on_screen():
    assert yuan(1234567) == "¥12,345.67"
    assert yuan(-5) == "−¥0.05"
    assert yuan(-51230, symbol="") == "−512.30"
    assert yuan(np.int64(0)) == "¥0.00"


# yuan × 1000 → fen: one line a mode, columns 10.000 / 10.001 / 10.010 / 10.050 / 10.100 / 11.500 yuan
@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("carry_fen_to_jiao", [1000, 1000, 1010, 1010, 1010, 1150]),
        ("carry_jiao_to_yuan", [1000, 1000, 1000, 1000, 1100, 1200]),
        ("up_to_yuan", [1000, 1100, 1100, 1100, 1100, 1200]),
        ("up_to_even_yuan", [1000, 1200, 1200, 1200, 1200, 1200]),
        ("drop_jiao", [1000, 1000, 1000, 1000, 1000, 1100]),
        ("drop_fen", [1000, 1000, 1000, 1000, 1010, 1150]),
        ("drop_li", [1000, 1000, 1001, 1005, 1010, 1150]),
        ("half_up_fen", [1000, 1000, 1001, 1005, 1010, 1150]),
        ("half_up_jiao", [1000, 1000, 1000, 1010, 1010, 1150]),
        ("half_up_yuan", [1000, 1000, 1000, 1000, 1000, 1200]),
        ("carry_li_to_fen", [1000, 1001, 1001, 1005, 1010, 1150]),
    ],
)
def test_the_eleven_ways(mode, expected):
    exact = [10000, 10001, 10010, 10050, 10100, 11500]
    assert [round_fen(li, 10, Rounding(mode)) for li in exact] == expected


def test_there_are_eleven():
    assert len(Rounding) == 11


@given(NUMERATORS, DENOMINATORS, MODES)
def test_rounding_equals_the_digits_on_paper(numerator, denominator, mode):
    with localcontext() as context:
        context.prec = 70
        on_paper = rounded(Decimal(numerator) / denominator / 100, mode)
        assert round_fen(numerator, denominator, mode) == on_paper * 100


@given(st.lists(NUMERATORS, max_size=20), DENOMINATORS, MODES)
def test_a_column_is_rounded_like_its_amounts(numerators, denominator, mode):
    column = round_column(np.array(numerators, dtype=np.int64), denominator, mode)
    assert column.tolist() == [round_fen(n, denominator, mode) for n in numerators]


@given(NUMERATORS, DENOMINATORS, MODES)
def test_a_correction_cancels_what_it_corrects(numerator, denominator, mode):
    assert round_fen(-numerator, denominator, mode) == -round_fen(numerator, denominator, mode)


@given(AMOUNTS, MODES)
def test_rounding_twice_changes_nothing(fen, mode):
    once = round_fen(fen, 1, mode)
    assert round_fen(once, 1, mode) == once


def test_a_column_never_wraps_around():
    with pytest.raises(OverflowError):
        round_column(np.array([10**18]), 1)
    with pytest.raises(OverflowError):
        share(np.array([10**13]), 1_000_000)
    with pytest.raises(TypeError):
        round_column(np.array([0.5]), 1)
    with pytest.raises(ValueError, match="positive"):
        round_column(np.array([1]), 0)
    with pytest.raises(ValueError, match="positive"):
        round_fen(1, 0)


def test_a_share_of_a_column():
    assert share(np.array([487_900, 10]), 5_000).tolist() == [2440, 0]
    assert share(np.array([100, 100]), np.array([80_000, 15_000])).tolist() == [8, 2]
