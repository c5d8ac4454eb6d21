"""What is taxed apart from the year's wages: a yearly bonus by its own table, a severance above its exempt part."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from agency.money import Column

from .bonus import MONTHS, bonus_tax
from .brackets import BracketTable
from .columns import zeros
from .severance import severance_tax
from .working_lines import Line, percent, plain


class ApartKind(IntEnum):
    """Say by which rule an amount is taxed apart."""

    NONE = 0
    BONUS = 1
    SEVERANCE = 2


@dataclass(frozen=True, slots=True)
class ApartInputs:
    """Hold what is taxed apart; int64 columns of shape (n,): `ApartKind`, fen, and last year's local average wage in
    fen, which only a severance needs.
    """

    kind: Column
    amount_fen: Column
    average_wage_fen: Column


@dataclass(frozen=True, slots=True)
class Apart:
    """Hold the amounts taxed apart, their taxable part and their tax; int64 columns of fen, shape (n,)."""

    amount_fen: Column
    taxable_fen: Column
    tax_fen: Column


def apart_pay(inputs: ApartInputs | None, n: int, yearly: BracketTable, monthly: BracketTable | None) -> Apart:
    """Compute the tax of each amount by its kind. Raises `ValueError` for a bonus without a monthly table.

    Sources: 财政部 税务总局公告2023年第30号 (bonus), 财税〔2018〕164号 art. 5 (severance).
    """
    if inputs is None:
        return Apart(zeros(n), zeros(n), zeros(n))
    is_bonus, is_severance = inputs.kind == ApartKind.BONUS, inputs.kind == ApartKind.SEVERANCE
    amount = np.where(is_bonus | is_severance, inputs.amount_fen, 0)
    severed = severance_tax(np.where(is_severance, amount, 0), inputs.average_wage_fen, yearly)
    taxable = np.where(is_bonus, amount, severed.taxable_fen)
    if not is_bonus.any():
        return Apart(amount, taxable, severed.tax_fen)
    if monthly is None:
        raise ValueError("no table for a bonus taxed apart on this day")
    return Apart(amount, taxable, severed.tax_fen + bonus_tax(np.where(is_bonus, amount, 0), monthly))


def apart_story(inputs: ApartInputs, apart: Apart, row: int, table: BracketTable) -> Iterator[Line]:
    """Tell how the tax of one row's amount came about, signed fen; `table` is the one of its kind."""
    amount, taxable, tax = (int(column[row]) for column in (apart.amount_fen, apart.taxable_fen, apart.tax_fen))
    if not amount:
        return
    index = table.find(np.array([-(-taxable // MONTHS) if inputs.kind[row] == ApartKind.BONUS else taxable]))[0]
    rate, quick = percent(int(table.rates[index])), int(table.quicks[index])
    formula = f"{plain(taxable)} × {rate}" + (f" − {plain(quick)}" if quick else "")
    if inputs.kind[row] == ApartKind.BONUS:
        yield Line("tax_apart_bonus", tax, formula, {"monthly": plain(-(-taxable // MONTHS))})
        return
    yield Line("tax_apart_exempt", -(amount - taxable), "", {"average": plain(int(inputs.average_wage_fen[row]))})
    yield Line("tax_apart_severance", tax, formula)
