"""Cumulative withholding of income tax on wages (累计预扣法).

Source: 国家税务总局公告2018年第61号 art. 6; first wages of the year: 公告2020年第13号; 60,000 at once:
公告2020年第19号.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from agency.money import Column, Rounding, share

from .brackets import BracketTable
from .columns import RowError, blank, check_amounts, column, mark, zeros
from .particulars import Particulars, relieved


class BasicMethod(IntEnum):
    """Name how the cumulative basic deduction (累计减除费用) grows."""

    MONTHS_HERE = 0  # 5,000 × months employed in this unit this year (61号 art. 6)
    FIRST_JOB_OF_YEAR = 1  # 5,000 × calendar months to date, on the worker's declaration (13号 art. 1)
    AT_ONCE = 2  # 60,000 from January: a full year here before, wages of it ≤ 60,000 (19号)


@dataclass(frozen=True, slots=True)
class BasicDeduction:
    """Hold the basic deduction: per month, and the yearly amount that may be deducted at once (fen)."""

    monthly_fen: int
    at_once_fen: int


@dataclass(frozen=True, slots=True)
class YearToDate:
    """Hold what this unit paid and withheld from January to the last tax month; int64 fen columns, shape
    (n,).

    Figures of a previous employer never belong here: they count at the yearly settlement only (61号 art. 6).
    """

    income_fen: Column
    exempt_fen: Column
    special_fen: Column  # the worker's own social insurance and housing fund (专项扣除)
    other_fen: Column
    relief_fen: Column
    withheld_fen: Column

    @classmethod
    def start(cls, n: int) -> "YearToDate":
        """Give the zero columns with which a year, or a worker's time in this unit, begins."""
        return cls(*(zeros(n) for _ in range(6)))


@dataclass(frozen=True, slots=True)
class WithholdingInputs:
    """Hold one tax month of n workers; int64 columns of shape (n,), amounts in fen.

    `tax_month` is the month of payment (1–12), not the month worked. `…_to_date_fen` columns are year to
    date, as the worker declared them and the tax client gives them back; all others are of this payment
    only.
    """

    tax_month: int
    before: YearToDate
    months_here: Column  # months employed in this unit this year, this one included
    basic_method: Column  # BasicMethod
    income_fen: Column
    exempt_fen: Column
    special_fen: Column
    additional_to_date_fen: Column  # 专项附加扣除
    pension_to_date_fen: Column  # 个人养老金
    other_fen: Column  # annuity, commercial health insurance, donations …
    relief_fen: Column  # 减免税额
    more: Particulars | None = None


@dataclass(frozen=True, slots=True)
class Withholding:
    """Hold the tax of one month with its whole story; int64 columns of shape (n,), amounts in fen.

    `due_fen` = tax − relief − withheld before; it may be negative. `withheld_fen` is never negative: what
    was withheld too much stays with the tax office until the yearly settlement (61号 art. 6). `errors`
    holds `RowError` bits.
    """

    to_date: YearToDate
    basic_to_date_fen: Column
    costs_to_date_fen: Column
    additional_to_date_fen: Column
    pension_to_date_fen: Column
    taxable_to_date_fen: Column
    rate_millionths: Column
    quick_fen: Column
    tax_to_date_fen: Column
    withheld_before_fen: Column
    due_fen: Column
    withheld_fen: Column
    errors: Column


def withhold(
    inputs: WithholdingInputs,
    table: BracketTable,
    basic: BasicDeduction,
    mode: Rounding = Rounding.HALF_UP_FEN,
    costs_millionths: int = 0,
) -> Withholding:
    """Compute the tax to withhold this month, row by row on the year so far.

    The tax to date is rounded, then what was withheld is subtracted; the law is silent, all published
    examples fit. `costs_millionths` is the deemed share of costs in a student's pay.

    Raises `ValueError` for a tax month outside 1–12.
    """
    if not 1 <= inputs.tax_month <= 12:
        raise ValueError(f"tax month must be 1–12, not {inputs.tax_month}")
    errors = check(inputs)
    inputs = blank(inputs, errors != 0)
    before = inputs.before
    income = before.income_fen + inputs.income_fen
    exempt = before.exempt_fen + inputs.exempt_fen
    special = before.special_fen + inputs.special_fen
    other = before.other_fen + inputs.other_fen
    basic_to_date = np.where(errors == 0, _basic_to_date(inputs, basic), 0)
    more = inputs.more or Particulars.none(len(errors))
    is_student = more.student == 1
    costs = np.where(is_student, share(income, costs_millionths), 0)
    declared = special + inputs.additional_to_date_fen + inputs.pension_to_date_fen + other
    deductions = basic_to_date + np.where(is_student, costs, declared)
    taxable = np.maximum(income - exempt - deductions, 0)
    index = table.find(taxable)
    tax = table.tax(taxable, index, mode)
    relief = before.relief_fen + inputs.relief_fen
    relief = relief + relieved(more, tax - relief - before.withheld_fen, relief)
    due = tax - relief - before.withheld_fen
    withheld = np.maximum(due, 0)
    return Withholding(
        to_date=YearToDate(income, exempt, special, other, relief, before.withheld_fen + withheld),
        basic_to_date_fen=basic_to_date,
        costs_to_date_fen=costs,
        additional_to_date_fen=inputs.additional_to_date_fen,
        pension_to_date_fen=inputs.pension_to_date_fen,
        taxable_to_date_fen=taxable,
        rate_millionths=table.rates[index],
        quick_fen=table.quicks[index],
        tax_to_date_fen=tax,
        withheld_before_fen=before.withheld_fen,
        due_fen=due,
        withheld_fen=withheld,
        errors=errors,
    )


def check(inputs: WithholdingInputs) -> Column:
    """Give the `RowError` bits of each row; raise `TypeError` or `ValueError` for columns of another kind
    or length.
    """
    n = len(inputs.income_fen)
    errors = zeros(n)
    before = inputs.before
    amounts = [
        column(getattr(inputs, name), n, name)
        for name in (
            "income_fen", "exempt_fen", "special_fen", "additional_to_date_fen", "pension_to_date_fen",
            "other_fen", "relief_fen",
        )
    ]  # fmt: skip
    earlier = {name: column(getattr(before, name), n, name) for name in YearToDate.__slots__}
    # A correction of insurance paid too much is given back through these columns.
    special_before = earlier.pop("special_fen")
    income, exempt, special, *rest = amounts
    check_amounts(errors, income, exempt, *rest, *earlier.values())
    check_amounts(errors, special, special_before, negative=True)
    months = column(inputs.months_here, n, "months_here")
    mark(errors, (months < 1) | (months > inputs.tax_month), RowError.MONTHS_OUT_OF_RANGE)
    if inputs.more is not None:
        check_amounts(errors, *(column(getattr(inputs.more, name), n, name) for name in Particulars.__slots__))
        mark(errors, inputs.more.relief_percent > 100, RowError.RATE_OUT_OF_RANGE)
    method = column(inputs.basic_method, n, "basic_method")
    mark(errors, ~np.isin(method, list(BasicMethod)), RowError.UNKNOWN_METHOD)
    return errors


def _basic_to_date(inputs: WithholdingInputs, basic: BasicDeduction) -> Column:
    choices = (
        inputs.months_here * basic.monthly_fen,
        np.full_like(inputs.months_here, inputs.tax_month * basic.monthly_fen),
        np.full_like(inputs.months_here, basic.at_once_fen),
    )
    return np.choose(inputs.basic_method, choices)
