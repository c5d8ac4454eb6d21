"""Columns of exact fractions: int64 while it fits, Python's unbounded integers where it does not, never a float."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from agency.money import Column, Rounding, round_column, round_fen

_FITS = 2**62
# Reducing costs a pass; below this the next product fits anyway.
_REDUCE_FROM = 2**30


@dataclass(frozen=True, slots=True)
class Ratio:
    """Hold fractions of units: numerators and positive denominators, shape (n,) or (1,) for the same in every row.

    `errors` holds `RowError` bits of the same shapes: a row with one holds any number.
    """

    numerator: np.ndarray
    denominator: np.ndarray
    errors: Column

    @classmethod
    def of(cls, stored: Column, per_unit: int) -> "Ratio":
        """Return stored whole numbers as fractions: 360000 fen are 3,600 yuan."""
        return cls(stored, np.array([per_unit], dtype=np.int64), np.zeros(1, dtype=np.int64))

    @classmethod
    def constant(cls, numerator: int, denominator: int = 1) -> "Ratio":
        return cls.of(np.array([numerator], dtype=np.int64), denominator)

    def __neg__(self) -> "Ratio":
        return Ratio(-self.numerator, self.denominator, self.errors)

    def __add__(self, other: "Ratio") -> "Ratio":
        left, right = product(self.numerator, other.denominator), product(other.numerator, self.denominator)
        denominator = product(self.denominator, other.denominator)
        return _reduced(_summed(left, right), denominator, self.errors | other.errors)

    def __mul__(self, other: "Ratio") -> "Ratio":
        numerator = product(self.numerator, other.numerator)
        return _reduced(numerator, product(self.denominator, other.denominator), self.errors | other.errors)

    def over(self, other: "Ratio", by_zero: int) -> "Ratio":
        """Divide; a row whose divisor is 0 gets the error bit `by_zero`."""
        zero = other.numerator == 0
        errors = self.errors | other.errors | np.where(zero, np.int64(by_zero), np.int64(0))
        divisor = np.where(zero, 1, other.numerator)
        sign = np.where(divisor < 0, -1, 1)
        numerator = product(product(self.numerator, other.denominator), sign)
        return _reduced(numerator, product(self.denominator, product(divisor, sign)), errors)

    def compared(self, other: "Ratio", how: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> np.ndarray:
        """Compare row by row: `how` is one of numpy's comparisons."""
        left, right = product(self.numerator, other.denominator), product(other.numerator, self.denominator)
        return np.asarray(how(left, right), dtype=bool)

    def floored(self) -> "Ratio":
        """Return the whole units at or below."""
        return Ratio(self.numerator // self.denominator, np.array([1], dtype=np.int64), self.errors)

    def fen(self, n: int, mode: Rounding = Rounding.HALF_UP_FEN) -> np.ndarray:
        """Return n amounts rounded to whole fen; a column of Python integers where int64 is too small."""
        reduced = _reduced(product(self.numerator, np.array([100])), self.denominator, self.errors, always=True)
        try:
            return np.broadcast_to(round_column(_int64(reduced.numerator), _int64(reduced.denominator), mode), (n,))
        except OverflowError:
            pairs = np.broadcast_arrays(reduced.numerator, reduced.denominator)
            exact = [round_fen(int(above), int(below), mode) for above, below in zip(*pairs, strict=True)]
            return np.broadcast_to(np.array(exact, dtype=object), (n,))


def chosen(which: np.ndarray, yes: Ratio, no: Ratio) -> Ratio:
    """Take each row, errors included, from one of two columns."""
    return Ratio(
        np.where(which, yes.numerator, no.numerator),
        np.where(which, yes.denominator, no.denominator),
        np.where(which, yes.errors, no.errors),
    )


def product(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Multiply whole numbers without ever wrapping around."""
    if largest(left) * largest(right) < _FITS:
        return left * right
    return left.astype(object) * right.astype(object)


def largest(column: np.ndarray) -> int:
    """Return the greatest size in a column."""
    return max(abs(int(column.max())), abs(int(column.min()))) if column.size else 0


def _summed(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    if largest(left) + largest(right) < _FITS:
        return left + right
    return left.astype(object) + right.astype(object)


def _reduced(numerator: np.ndarray, denominator: np.ndarray, errors: Column, always: bool = False) -> Ratio:
    if always or largest(numerator) > _REDUCE_FROM or largest(denominator) > _REDUCE_FROM:
        common = np.gcd(numerator, denominator)
        numerator, denominator = _narrow(numerator // common), _narrow(denominator // common)
    return Ratio(numerator, denominator, errors)


def _narrow(column: np.ndarray) -> np.ndarray:
    return column.astype(np.int64) if column.dtype == object and largest(column) < _FITS else column


def _int64(column: np.ndarray) -> Column:
    if column.dtype == object:
        raise OverflowError("beyond int64")
    return column
