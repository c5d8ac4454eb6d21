"""Where the workers' tax year stands: sums, months here, and where they are counted from."""

from dataclasses import dataclass
from enum import IntEnum

from agency.money import Column


class TaxStart(IntEnum):
    """Say where a worker's months of the tax year are counted from."""

    EARLIER_PAYSLIP = 0
    OPENING_BALANCE = 1
    JANUARY = 2
    EMPLOYMENT = 3
    FIRST_MONTH_HERE = 4


@dataclass(frozen=True)
class Standings:
    """The workers' year so far, columns in fen; `before` in the order of `YearToDate`. `months` count this one already.

    `last_month` is the month paid before, 0 when the year starts with this one. `opening_…` is what an opening balance
    brought: up to which month, and the additional deductions in it.
    """

    start: Column
    months: Column
    before: tuple[Column, ...]
    basic_method: Column
    additional_fen: Column
    pension_fen: Column
    last_month: Column
    opening_through: Column
    opening_additional_fen: Column
