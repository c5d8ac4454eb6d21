"""Gross pay (应发): base wage, overtime, allowances, absence.

Sources: 劳动合同法 and 工资支付暂行规定 art. 13 (150/200/300 %); 21.75 paid days a month and 8 hours a day:
劳社部发〔2008〕3号. Days and hours come in hundredths, so that half days and quarter hours stay whole
numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np

from agency.money import Column, round_column

from .columns import RowError, blank, check_amounts, column, mark, zeros

PAID_DAYS_X100 = 2175
HOURS_A_DAY = 8
MONTH_DAYS_LIMIT_X100 = 31_00
MONTH_HOURS_LIMIT_X100 = 744_00
WEEKDAY, REST_DAY, HOLIDAY = "weekday", "rest_day", "holiday"
# Percent of the hourly wage; the law's minimum, an agreement may grant more.
OVERTIME_PERCENT = {WEEKDAY: 150, REST_DAY: 200, HOLIDAY: 300}


class BaseMethod(IntEnum):
    """Name how the month's base wage is earned."""

    MONTHLY = 0  # the whole wage, less absent days × wage / 21.75
    PAID_DAYS = 1  # attended days × wage / 21.75, never above the wage: who joins or leaves inside the month
    SCHEDULE = 2  # wage × attended / scheduled days, never above the wage
    ITEMS = 3  # nothing here: the scheme's own items pay by the hour or by the piece


@dataclass(frozen=True, slots=True)
class GrossInputs:
    """Hold one wage month of n workers; int64 columns of shape (n,), fen, days and hours in hundredths.

    `overtime_hours_x100` is keyed by `WEEKDAY`, `REST_DAY`, `HOLIDAY`. `allowances_fen` maps an item's key
    to its column; an amount may be negative (a correction). Items are part of taxable pay; what is taken
    off after tax is no gross. `paid_days_x100` divides the monthly wage into days worked and absent; the
    hour of overtime is always the law's.
    """

    method: Column  # BaseMethod
    wage_fen: Column  # full monthly base wage
    overtime_wage_fen: Column  # monthly wage the hourly rate is taken from, usually the base wage
    attended_days_x100: Column
    scheduled_days_x100: Column
    absent_days_x100: Column
    overtime_hours_x100: Mapping[str, Column] = field(default_factory=dict)
    allowances_fen: Mapping[str, Column] = field(default_factory=dict)
    overtime_percent: Mapping[str, int] = field(default_factory=lambda: dict(OVERTIME_PERCENT))
    paid_days_x100: int = PAID_DAYS_X100


@dataclass(frozen=True, slots=True)
class Gross:
    """Hold gross pay by line; int64 columns of fen, shape (n,). `absence_fen` is what absence takes off (≥
    0).

    `items_fen` maps the keys of the scheme's own items to their amounts, unsigned, `own_fen` each
    place of the payslip to their sum; `exempt_fen` is the part of
    the gross without tax, `beside_minimum_fen` the part of the items that is no minimum wage. `names` holds
    what their formulas saw (`item_pay.Names`).
    """

    base_fen: Column
    absence_fen: Column
    overtime_fen: dict[str, Column]
    allowances_fen: dict[str, Column]
    gross_fen: Column
    exempt_fen: Column
    beside_minimum_fen: Column
    errors: Column
    items_fen: dict[str, Column] = field(default_factory=dict)
    own_fen: dict[str, Column] = field(default_factory=dict)
    names: Any = None


def gross_pay(inputs: GrossInputs) -> Gross:
    """Compute gross pay line by line, each rounded half up to the fen from the exact fraction.

    The hourly wage is never rounded on its way: 3,600 / 21.75 / 8 × 1.5 × 20 hours is 620.69, not 20.69 ×
    30 = 620.70.
    """
    errors = check(inputs)
    inputs = blank(inputs, errors != 0)
    wage = inputs.wage_fen
    by_day = np.minimum(round_column(wage * inputs.attended_days_x100, inputs.paid_days_x100), wage)
    scheduled = np.maximum(inputs.scheduled_days_x100, 1)
    by_schedule = np.minimum(round_column(wage * inputs.attended_days_x100, scheduled), wage)
    base = np.choose(inputs.method, (wage, by_day, by_schedule, np.zeros_like(wage)))
    # Attendance already leaves absent days out in the two other methods.
    absent = round_column(wage * inputs.absent_days_x100, inputs.paid_days_x100)
    absence = np.minimum(absent, wage) * (inputs.method == BaseMethod.MONTHLY)
    overtime = {
        kind: overtime_pay(inputs.overtime_wage_fen, hours, inputs.overtime_percent[kind])
        for kind, hours in inputs.overtime_hours_x100.items()
    }
    allowances = dict(inputs.allowances_fen)
    gross = base - absence + sum(overtime.values()) + sum(allowances.values())
    mark(errors, gross < 0, RowError.NEGATIVE_GROSS)
    nothing = zeros(len(errors))
    return blank(Gross(base, absence, overtime, allowances, gross, nothing, nothing, errors), errors != 0)


def overtime_pay(wage_fen: Column, hours_x100: Column, percent: int) -> Column:
    """Compute wage / 21.75 / 8 × percent × hours in fen, rounded once."""
    return round_column(wage_fen * hours_x100 * percent, PAID_DAYS_X100 * HOURS_A_DAY * 100)


def hourly_fen(wage_fen: int) -> tuple[int, int]:
    """Give the exact hourly wage as a fraction of fen (numerator, denominator), for showing it."""
    return wage_fen * 100, PAID_DAYS_X100 * HOURS_A_DAY


def check(inputs: GrossInputs) -> Column:
    """Give the `RowError` bits of each row; raise `TypeError` or `ValueError` for columns of another kind
    or length.
    """
    n = len(inputs.wage_fen)
    errors = zeros(n)
    check_amounts(
        errors,
        column(inputs.wage_fen, n, "wage_fen"),
        column(inputs.overtime_wage_fen, n, "overtime_wage_fen"),
    )
    for name, amount in inputs.allowances_fen.items():
        check_amounts(errors, column(amount, n, f"allowances_fen[{name}]"), negative=True)
    for name in ("attended_days_x100", "scheduled_days_x100", "absent_days_x100"):
        days = column(getattr(inputs, name), n, name)
        mark(errors, (days < 0) | (days > MONTH_DAYS_LIMIT_X100), RowError.ATTENDANCE_OUT_OF_RANGE)
    for kind, hours in inputs.overtime_hours_x100.items():
        hours = column(hours, n, f"overtime_hours_x100[{kind}]")
        mark(errors, (hours < 0) | (hours > MONTH_HOURS_LIMIT_X100), RowError.HOURS_OUT_OF_RANGE)
    method = column(inputs.method, n, "method")
    mark(errors, ~np.isin(method, list(BaseMethod)), RowError.UNKNOWN_METHOD)
    no_schedule = (method == BaseMethod.SCHEDULE) & (inputs.scheduled_days_x100 == 0)
    mark(errors, no_schedule, RowError.SCHEDULED_DAYS_MISSING)
    return errors
