"""Progressive tax tables with quick deductions (速算扣除数), as data."""

from dataclasses import dataclass

import numpy as np

from agency.money import MILLION, Column, Rounding, round_column


@dataclass(frozen=True, slots=True)
class Bracket:
    """Hold one line of a table: up to and including `up_to_fen` (None: no end), rate in millionths, quick
    deduction.
    """

    up_to_fen: int | None
    rate_millionths: int
    quick_fen: int


@dataclass(frozen=True, slots=True)
class BracketTable:
    """Hold a progressive table whose upper bounds are inclusive; amounts in fen, rates in millionths.

    Raises `ValueError` when bounds or rates do not rise, the last line has an end, or a quick deduction
    does not make the tax continuous at a bound: that is how a mistyped figure shows.
    """

    brackets: tuple[Bracket, ...]

    def __post_init__(self) -> None:
        if not self.brackets or self.brackets[-1].up_to_fen is not None:
            raise ValueError("the last bracket must be open (up_to_fen null)")
        if self.brackets[0].quick_fen != 0:
            raise ValueError("bracket 1: the quick deduction must be 0")
        for number, (lower, upper) in enumerate(zip(self.brackets, self.brackets[1:], strict=False), start=1):
            bound = lower.up_to_fen
            if bound is None or bound <= 0:
                raise ValueError(f"bracket {number}: up_to_fen must be a positive amount")
            if upper.up_to_fen is not None and upper.up_to_fen <= bound:
                raise ValueError(f"bracket {number + 1}: up_to_fen must be above that of bracket {number}")
            if upper.rate_millionths <= lower.rate_millionths:
                raise ValueError(f"bracket {number + 1}: the rate must be above that of bracket {number}")
            step = (upper.rate_millionths - lower.rate_millionths) * bound
            if step != (upper.quick_fen - lower.quick_fen) * MILLION:
                raise ValueError(f"bracket {number + 1}: the quick deduction does not fit bounds and rates")

    def find(self, taxable_fen: Column) -> Column:
        """Give for each amount the index of its bracket."""
        return np.searchsorted(self.bounds, taxable_fen, side="left")

    def tax(self, taxable_fen: Column, index: Column | None = None, mode: Rounding = Rounding.HALF_UP_FEN) -> Column:
        """Compute taxable × rate − quick deduction, rounded once; 0 for amounts ≤ 0.

        `index` picks the brackets when another figure than the amount decides (the bonus by its twelfth).
        """
        taxable = np.maximum(taxable_fen, 0)
        index = self.find(taxable) if index is None else index
        exact = taxable * self.rates[index] - self.quicks[index] * MILLION
        return np.maximum(round_column(exact, MILLION, mode), 0)

    @property
    def bounds(self) -> Column:
        return np.array([b.up_to_fen for b in self.brackets[:-1]], dtype=np.int64)

    @property
    def rates(self) -> Column:
        return np.array([b.rate_millionths for b in self.brackets], dtype=np.int64)

    @property
    def quicks(self) -> Column:
        return np.array([b.quick_fen for b in self.brackets], dtype=np.int64)
