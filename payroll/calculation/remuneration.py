"""Withholding on pay for services (劳务报酬): per payment, or cumulative for full-time students on
internship.

Sources: 国家税务总局公告2018年第61号 art. 8 (per payment); 公告2020年第13号 art. 2 (students).
"""

from dataclasses import dataclass

import numpy as np

from agency.money import Column, share

from .brackets import BracketTable
from .columns import RowError, blank, check_amounts, column, mark, zeros
from .withholding import BasicDeduction


@dataclass(frozen=True, slots=True)
class RemunerationCosts:
    """Hold the deemed costs: a flat amount for payments up to a bound, a share of the payment above it."""

    flat_fen: int
    flat_up_to_fen: int
    rate_millionths: int


def single_tax(payment_fen: Column, table: BracketTable, costs: RemunerationCosts) -> Column:
    """Compute the tax on each payment taken alone (a month's payments for one job count as one).

    Up to 4,000 yuan 800 are deducted, above that 20 %; the rest is taxed on the table of 20/30/40 %. int64
    fen, (n,).
    """
    payment = np.maximum(payment_fen, 0)
    deducted = np.where(payment <= costs.flat_up_to_fen, costs.flat_fen, share(payment, costs.rate_millionths))
    return table.tax(payment - deducted)


@dataclass(frozen=True, slots=True)
class StudentInputs:
    """Hold one month of n students; int64 columns of shape (n,), fen; `before` figures from January to last
    month.
    """

    months_here: Column
    income_before_fen: Column
    withheld_before_fen: Column
    income_fen: Column


@dataclass(frozen=True, slots=True)
class StudentWithholding:
    """Hold the month's tax and the figures it came from; int64 columns of fen, shape (n,)."""

    income_to_date_fen: Column
    costs_to_date_fen: Column
    basic_to_date_fen: Column
    taxable_to_date_fen: Column
    tax_to_date_fen: Column
    withheld_fen: Column
    errors: Column


def withhold_from_students(
    inputs: StudentInputs, table: BracketTable, costs: RemunerationCosts, basic: BasicDeduction
) -> StudentWithholding:
    """Compute income to date × 80 % − 5,000 a month on the yearly table, less what was withheld; never
    negative.
    """
    errors = zeros(len(inputs.income_fen))
    for name in StudentInputs.__slots__:
        column(getattr(inputs, name), len(errors), name)
    check_amounts(errors, inputs.income_before_fen, inputs.withheld_before_fen, inputs.income_fen)
    mark(errors, (inputs.months_here < 1) | (inputs.months_here > 12), RowError.MONTHS_OUT_OF_RANGE)
    inputs = blank(inputs, errors != 0)
    income = inputs.income_before_fen + inputs.income_fen
    deemed = share(income, costs.rate_millionths)
    basic_to_date = inputs.months_here * basic.monthly_fen
    taxable = np.maximum(income - deemed - basic_to_date, 0)
    tax = table.tax(taxable)
    withheld = np.maximum(tax - inputs.withheld_before_fen, 0)
    return StudentWithholding(income, deemed, basic_to_date, taxable, tax, withheld, errors)
