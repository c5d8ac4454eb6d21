"""What a value of a formula is, and the banded tables it may look into."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from agency.money import MILLION


class Kind(StrEnum):
    """Name the kinds of values. A bare number is `ANY`: it goes with amounts and with numbers alike."""

    ANY = "any"
    AMOUNT = "amount"  # yuan
    NUMBER = "number"  # days, hours, pieces, rates
    TRUTH = "truth"


# How a stored whole number becomes a value: fen are hundredths of yuan, days and hours come in hundredths.
STORED_PER_UNIT = {Kind.AMOUNT: 100, Kind.NUMBER: 100, Kind.TRUTH: 1}


@dataclass(frozen=True, slots=True)
class Band:
    """Hold one band: from `from_stored` on (fen or hundredths) the table gives `value` (fen or millionths)."""

    from_stored: int
    value: int


@dataclass(frozen=True, slots=True)
class BandTable:
    """Hold a table of bands `[from, next)`, rising; below the first band there is no value.

    Raises `ValueError` for a table without bands, or with bands that do not rise.
    """

    name: str
    key: Kind
    result: Kind
    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        starts = [band.from_stored for band in self.bands]
        if not starts or any(after <= before for before, after in pairwise(starts)):
            raise ValueError(f"the bands of {self.name} must rise")

    @property
    def per_unit(self) -> int:
        """The stored parts of one unit of a value."""
        return 100 if self.result == Kind.AMOUNT else MILLION
