"""The items of a scheme for all workers of a run: their amounts, and what they add to the gross pay."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from agency.money import Column

from .columns import AMOUNT_LIMIT_FEN, RowError, blank, check_amounts, column, mark, zeros
from .formulas import Evaluator, Kind, Ratio
from .gross import HOLIDAY, REST_DAY, WEEKDAY, BaseMethod, Gross, GrossInputs, gross_pay
from .item_names import FACTS, STANDARD
from .items import SIGN, Item, Limit, Place, Source
from .scheme_rules import SchemeRules

DAMAGES_PERCENT = 20


@dataclass(frozen=True, slots=True)
class ItemInputs:
    """Hold what items are computed from beside the gross inputs; int64 columns of shape (n,).

    `given` maps an item's key to its column: fen, or hundredths of a quantity.
    """

    rules: SchemeRules
    given: Mapping[str, Column]
    sick_days_x100: Column
    night_shifts: Column
    service_months: Column
    whole_month: Column  # 1 for who was here all month
    month: int


class Names:
    """What formulas may ask for, as exact columns by name; grows as items are computed."""

    def __init__(self, n: int, inputs: ItemInputs) -> None:
        self.n = n
        self.columns: dict[str, Ratio] = {}
        self.evaluator = Evaluator(n, self.columns, {table.name: table for table in inputs.rules.tables})

    def add(self, table: Mapping[str, tuple[str, Kind]], values: Mapping[str, Ratio]) -> None:
        """Add facts under their Chinese and their English names."""
        for chinese, (english, _kind) in table.items():
            self.columns[chinese] = self.columns[english] = values[english]

    def of_row(self, row: int) -> Evaluator:
        """Return an evaluator of one row alone, for telling it."""
        one = {name: _row(ratio, row) for name, ratio in self.columns.items()}
        return Evaluator(1, one, self.evaluator.tables)


def pay_by_items(gross_inputs: GrossInputs, inputs: ItemInputs) -> Gross:
    """Compute gross pay with a scheme's own items; each is rounded once, and the others see it rounded.

    Raises `ItemError` for a scheme that does not hold together.
    """
    sheet, n = inputs.rules.sheet, len(gross_inputs.wage_fen)
    names = Names(n, inputs)
    names.add(FACTS, _facts(gross_inputs, inputs))
    amounts: dict[str, Column] = {}
    errors = zeros(n)
    for item in sheet.early:
        _compute(item, inputs, names, amounts, errors)
    base = [amounts[item.key] for item in sheet.early if item.overtime_base]
    gross_inputs = replace(gross_inputs, overtime_wage_fen=gross_inputs.overtime_wage_fen + sum(base, zeros(n)))
    gross = gross_pay(gross_inputs)
    names.add(STANDARD, _standard(gross))
    for item in sheet.late:
        _compute(item, inputs, names, amounts, errors)
    return _together(gross, inputs.rules, amounts, errors, names)


def limited(asked: Column, limit: Limit, gross_fen: Column, left_fen: Column, minimum_fen: int) -> Column:
    """Cut a deduction to what may be taken; `left_fen` is the pay after tax, insurance and earlier deductions.

    工资支付暂行规定 16: damages take at most 20 % of the month's pay, and the minimum wage stays.
    """
    if limit == Limit.NONE:
        return asked
    room = np.maximum(left_fen - minimum_fen, 0)
    if limit == Limit.DAMAGES:
        room = np.minimum(room, gross_fen * DAMAGES_PERCENT // 100)
    return np.minimum(asked, room)


def _together(gross: Gross, rules: SchemeRules, amounts: dict[str, Column], errors: Column, names: Names) -> Gross:
    items = {item.key: amounts[item.key] for item in rules.items if item.source != Source.QUANTITY}
    paid = [(item, amounts[item.key]) for item in rules.items if SIGN[item.place]]
    for item, amount in paid:
        if item.place in (Place.BASE, Place.ABSENCE):
            mark(errors, amount < 0, RowError.NEGATIVE_AMOUNT)
    nothing = zeros(len(errors))
    total = gross.gross_fen + sum((SIGN[item.place] * amount for item, amount in paid), nothing)
    mark(errors, total < 0, RowError.NEGATIVE_GROSS)
    errors |= gross.errors
    whole = replace(
        gross,
        gross_fen=total,
        items_fen=items,
        own_fen={place: sum((a for item, a in paid if item.place == place), nothing) for place in SIGN},
        exempt_fen=sum((SIGN[item.place] * amount for item, amount in paid if not item.taxable), nothing),
        beside_minimum_fen=sum((SIGN[item.place] * a for item, a in paid if not item.minimum_wage), nothing),
        errors=errors,
        names=names,
    )
    return blank(whole, errors != 0)


def _compute(item: Item, inputs: ItemInputs, names: Names, amounts: dict[str, Column], errors: Column) -> None:
    n = names.n
    if item.key in inputs.rules.sheet.formulas:
        value = names.evaluator.value(inputs.rules.sheet.formulas[item.key].tree)
        errors |= value.errors
        exact = value.fen(n, item.rounding)
        beyond = np.asarray((exact > AMOUNT_LIMIT_FEN) | (exact < -AMOUNT_LIMIT_FEN), dtype=bool)
        mark(errors, beyond, RowError.AMOUNT_TOO_LARGE)
        amounts[item.key] = np.where(beyond, 0, exact).astype(np.int64)
    else:
        given = column(inputs.given.get(item.key, zeros(n)), n, item.key)
        check_amounts(errors, given, negative=item.place != Place.DEDUCTION)
        amounts[item.key] = given
    if item.place == Place.DEDUCTION:
        mark(errors, amounts[item.key] < 0, RowError.NEGATIVE_AMOUNT)
    names.columns[item.name] = Ratio.of(amounts[item.key], 100)


def _facts(pay: GrossInputs, inputs: ItemInputs) -> dict[str, Ratio]:
    hours = {f"hours_{kind}": pay.overtime_hours_x100[kind] for kind in (WEEKDAY, REST_DAY, HOLIDAY)}
    stored = {
        "wage": pay.wage_fen,
        "days_worked": np.maximum(pay.attended_days_x100, 0),
        "days_scheduled": pay.scheduled_days_x100,
        "days_absent": pay.absent_days_x100,
        "days_sick": inputs.sick_days_x100,
        **hours,
    }
    constants = {"minimum_wage": inputs.rules.minimum_wage_fen, "heat_allowance": inputs.rules.heat_fen}
    return {
        **{name: Ratio.of(values, 100) for name, values in stored.items()},
        **{name: Ratio.constant(fen, 100) for name, fen in constants.items()},
        "night_shifts": Ratio.of(inputs.night_shifts, 1),
        "months_of_service": Ratio.of(inputs.service_months, 1),
        "month": Ratio.constant(inputs.month),
        "whole_month": Ratio.of(inputs.whole_month, 1),
        "paid_monthly": Ratio.of((pay.method == BaseMethod.MONTHLY).astype(np.int64), 1),
    }


def _standard(gross: Gross) -> dict[str, Ratio]:
    stored = {
        "base_pay": gross.base_fen,
        "absence_pay": gross.absence_fen,
        **{f"overtime_{kind}": gross.overtime_fen[kind] for kind in (WEEKDAY, REST_DAY, HOLIDAY)},
        "night_allowance": gross.allowances_fen["night"],
        "sick_pay": gross.allowances_fen["sick"],
        "other_allowances": gross.allowances_fen["other"],
    }
    return {name: Ratio.of(values, 100) for name, values in stored.items()}


def _row(ratio: Ratio, row: int) -> Ratio:
    parts = (ratio.numerator, ratio.denominator, ratio.errors)
    return Ratio(*(part if part.size == 1 else part[row : row + 1] for part in parts))
