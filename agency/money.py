"""Money as whole fen (分), and the one place where an amount is rounded.

An amount is an `int` of fen, a column of amounts a numpy `int64` array. Rates are integers in millionths (8
% is 80_000), so that every product is an exact fraction until `round_fen` or `round_column` makes it whole
fen.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]

MILLION = 1_000_000
MINUS = "−"
FEN_LIMIT = 10**15

_AMOUNT = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?")
# The widest rounding step computes 20 × the numerator; above this an int64 column would wrap around silently.
_NUMERATOR_LIMIT = 4 * 10**17
_DENOMINATOR_LIMIT = 10**15


class MoneyError(ValueError):
    """Say that a text or a cell is no amount; `code` is stable, for a translated message.

    Codes: `empty`, `not_a_number`, `too_many_decimals`, `too_large`.
    """

    def __init__(self, code: str, value: object):
        self.code = code
        self.value = value
        super().__init__(f"{code}: {value!r}")


class Rounding(StrEnum):
    """Name the ways of rounding found in practice, per insurance and side.

    `CARRY_…` looks at one digit only, as its Chinese name says: 见角进元 makes 11 of 10.10 but leaves 10 of
    10.09. `UP_TO_…` carries whatever is left over: 进位到元 makes 11 of 10.01 as well.
    """

    CARRY_FEN_TO_JIAO = "carry_fen_to_jiao"  # 见分进角
    CARRY_JIAO_TO_YUAN = "carry_jiao_to_yuan"  # 见角进元
    UP_TO_YUAN = "up_to_yuan"  # 进位到元
    UP_TO_EVEN_YUAN = "up_to_even_yuan"  # 进位偶数: whole yuan that can be halved between two sides
    DROP_JIAO = "drop_jiao"  # 舍去角
    DROP_FEN = "drop_fen"  # 舍去分
    DROP_LI = "drop_li"  # 舍去厘
    HALF_UP_FEN = "half_up_fen"  # 四舍五入到分
    HALF_UP_JIAO = "half_up_jiao"  # 四舍五入到角
    HALF_UP_YUAN = "half_up_yuan"  # 四舍五入到元
    CARRY_LI_TO_FEN = "carry_li_to_fen"  # 见厘进分


# The four ways below take ints and int64 columns alike; numerator ≥ 0, the result is a multiple of `step`
# fen.
def _down(numerator, denominator, step):
    return numerator // (denominator * step) * step


def _up(numerator, denominator, step):
    return -(-numerator // (denominator * step)) * step


def _half_up(numerator, denominator, step):
    return (2 * numerator + denominator * step) // (2 * denominator * step) * step


def _carry(numerator, denominator, step):
    tenths = 10 * numerator // (denominator * step)
    return -(-tenths // 10) * step


_WAYS = {
    Rounding.CARRY_FEN_TO_JIAO: (_carry, 10),
    Rounding.CARRY_JIAO_TO_YUAN: (_carry, 100),
    Rounding.UP_TO_YUAN: (_up, 100),
    Rounding.UP_TO_EVEN_YUAN: (_up, 200),
    Rounding.DROP_JIAO: (_down, 100),
    Rounding.DROP_FEN: (_down, 10),
    Rounding.DROP_LI: (_down, 1),
    Rounding.HALF_UP_FEN: (_half_up, 1),
    Rounding.HALF_UP_JIAO: (_half_up, 10),
    Rounding.HALF_UP_YUAN: (_half_up, 100),
    Rounding.CARRY_LI_TO_FEN: (_carry, 1),
}


def round_fen(numerator: int, denominator: int = 1, mode: Rounding = Rounding.HALF_UP_FEN) -> int:
    """Round the exact amount `numerator / denominator` (fen) to whole fen.

    A negative amount is rounded by its size, so that a correction of −x cancels x.
    Raises `ValueError` for a denominator below 1.
    """
    if denominator < 1:
        raise ValueError(f"denominator must be positive, not {denominator}")
    way, step = _WAYS[mode]
    size = way(abs(numerator), denominator, step)
    return size if numerator >= 0 else -size


def round_column(numerator: Column, denominator: Column | int = 1, mode: Rounding = Rounding.HALF_UP_FEN) -> Column:
    """Round a column as `round_fen` rounds one amount; int64 arrays of shape (n,).

    Raises `TypeError` for a column that is not whole numbers, `OverflowError` where int64 could wrap around.
    """
    numerator = np.asarray(numerator)
    denominator = np.asarray(denominator)
    for part in (numerator, denominator):
        if part.dtype.kind != "i":
            raise TypeError(f"money is rounded from int64 columns, not {part.dtype}")
    if denominator.size and int(denominator.min()) < 1:
        raise ValueError("denominator must be positive")
    _, step = _WAYS[mode]
    if _largest(numerator) > _NUMERATOR_LIMIT or _largest(denominator) * step > _DENOMINATOR_LIMIT:
        raise OverflowError("the fraction does not fit an int64 column")
    way, step = _WAYS[mode]
    size = way(np.abs(numerator.astype(np.int64)), denominator.astype(np.int64), np.int64(step))
    return np.sign(numerator) * size


def share(fen: Column | int, rate_millionths: Column | int, mode: Rounding = Rounding.HALF_UP_FEN) -> Column:
    """Round `fen × rate` as a column; the rate in millionths (5 % is 50_000), scalar or per row.

    Raises `OverflowError` where the product would leave int64.
    """
    fen, rate = np.asarray(fen, dtype=np.int64), np.asarray(rate_millionths, dtype=np.int64)
    if _largest(fen) * _largest(rate) > _NUMERATOR_LIMIT:
        raise OverflowError("amount × rate does not fit an int64 column")
    return round_column(fen * rate, MILLION, mode)


def parse_yuan(value: str | int | Decimal) -> int:
    """Read yuan written by people and return fen: "12,345.67", "￥１２，３４５．６", "−8元",
    `Decimal("0.30")`.

    An `int` is whole yuan. Raises `MoneyError`, also for a third decimal that is not 0; raises `TypeError`
    for a float, which has no exact fen (spreadsheet cells go through `parse_cell`).
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise TypeError(f"an amount is text, int or Decimal, not {type(value).__name__}")
    if isinstance(value, str):
        return _parse_text(value)
    return _fen(Decimal(value), value)


def parse_cell(value: str | int | float | Decimal) -> int:
    """Read the yuan of a spreadsheet cell and return fen; floats are taken as the spreadsheet shows them.

    A spreadsheet keeps every number as a double and shows 15 significant digits. Two decimals below 10^13
    yuan fit into 15 digits, and two different such amounts never share them: going through those digits
    gives back exactly what was typed, and 0.1 + 0.2 reads 0.30. A real third decimal is refused like in
    `parse_yuan`.
    """
    if isinstance(value, float):
        try:
            return _fen(Decimal(format(value, ".15g")), value)
        except InvalidOperation:
            raise MoneyError("not_a_number", value) from None
    return parse_yuan(value)


def yuan(fen: int, symbol: str = "¥") -> str:
    """Write fen as yuan for a screen: 1234567 → "¥12,345.67", −5 → "−¥0.05"; `symbol=""` leaves the ¥ out."""
    whole, rest = divmod(abs(int(fen)), 100)
    return f"{MINUS if fen < 0 else ''}{symbol}{whole:,}.{rest:02d}"


def decimal_yuan(fen: int) -> Decimal:
    """Give yuan as an exact `Decimal` with two decimals, for files: 1234567 → Decimal("12345.67")."""
    return Decimal(int(fen)).scaleb(-2)


def _parse_text(text: str) -> int:
    plain = unicodedata.normalize("NFKC", text).replace(MINUS, "-").replace("–", "-")
    plain = re.sub(r"\s", "", plain)
    negative = plain.startswith("-")
    plain = plain.removeprefix("-").removeprefix("¥").removesuffix("元")
    if not plain:
        raise MoneyError("empty", text)
    match = _AMOUNT.fullmatch(plain)
    if not match or (negative and match[1]):
        raise MoneyError("not_a_number", text)
    sign, whole, rest = match.groups()
    amount = Decimal(f"{sign}{whole.replace(',', '')}.{rest or '0'}")
    return _fen(-amount if negative else amount, text)


def _fen(amount: Decimal, shown: object) -> int:
    if not amount.is_finite():
        raise MoneyError("not_a_number", shown)
    if abs(amount) * 100 >= FEN_LIMIT:
        raise MoneyError("too_large", shown)
    fen = amount.scaleb(2)
    if fen != fen.to_integral_value():
        raise MoneyError("too_many_decimals", shown)
    return int(fen)


def _largest(column: np.ndarray) -> int:
    return max(abs(int(column.max())), abs(int(column.min()))) if column.size else 0
