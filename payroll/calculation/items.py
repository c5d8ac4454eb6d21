"""Pay items of a scheme (薪资项目) as data: what each is, where it stands, and what it counts into."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from agency.money import MILLION, Rounding

from .formulas import FormulaError, Kind


class Source(StrEnum):
    """Name where an item's figure comes from."""

    AMOUNT = "amount"  # a column of the attendance sheet, yuan
    QUANTITY = "quantity"  # a column of the attendance sheet, a number other items count with
    FIXED = "fixed"  # the same for everybody
    PER_WORKER = "per_worker"  # an amount agreed with the worker
    RATE = "rate"  # so much for each of a quantity
    FORMULA = "formula"
    ADVANCE = "advance"  # what is due of wages paid in advance


class Place(StrEnum):
    """Name where an item stands on the payslip."""

    BASE = "base"
    ABSENCE = "absence"
    ALLOWANCE = "allowance"
    DEDUCTION = "deduction"  # after tax
    NOTE = "note"  # counted with, not paid


class Limit(StrEnum):
    """Name how much of a deduction may be taken; the rest is left to a later month."""

    NONE = "none"
    MINIMUM_WAGE = "minimum_wage"  # the minimum wage stays (工资支付暂行规定 16)
    DAMAGES = "damages"  # and at most 20 % of the month's pay (工资支付暂行规定 16)


SIGN = {Place.BASE: 1, Place.ABSENCE: -1, Place.ALLOWANCE: 1, Place.DEDUCTION: 0, Place.NOTE: 0}
GIVEN = (Source.AMOUNT, Source.QUANTITY, Source.PER_WORKER, Source.ADVANCE)
INPUTS = (Source.AMOUNT, Source.QUANTITY)


class ItemError(ValueError):
    """Say which item is wrong and why; `why` holds the place in its formula."""

    def __init__(self, item: "Item", why: FormulaError) -> None:
        self.key = item.key
        self.name = item.name
        self.text = item.text
        self.why = why
        super().__init__(f"{item.key}: {why}")


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one pay item. `amount_fen` for FIXED, `rate_millionths` of a yuan for each `quantity` for RATE."""

    key: str
    name: str
    source: Source
    place: Place
    amount_fen: int = 0
    rate_millionths: int = 0
    quantity: str = ""
    formula: str = ""
    rounding: Rounding = Rounding.HALF_UP_FEN
    taxable: bool = True
    insurance_base: bool = True
    minimum_wage: bool = True
    overtime_base: bool = False
    billed: bool = True
    limit: Limit = Limit.NONE

    @property
    def text(self) -> str:
        """The formula the item is computed by; nothing for what is given."""
        if self.source == Source.FIXED:
            return f"{Decimal(self.amount_fen).scaleb(-2):f}元".replace("-", "0 - ")
        if self.source == Source.RATE:
            return f"{short(self.rate_millionths)}元 × {self.quantity}"
        return self.formula if self.source == Source.FORMULA else ""

    @property
    def kind(self) -> Kind:
        return Kind.NUMBER if self.source == Source.QUANTITY else Kind.AMOUNT


def short(millionths: int) -> str:
    """Write millionths as a decimal: 35_000 → "0.035"."""
    whole, rest = divmod(millionths, MILLION)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
