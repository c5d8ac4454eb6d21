"""What a person should look at before a run is handed in: simple rules over the computed columns."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, IntFlag

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agency.money import Column
from payroll.calculation.apart import ApartKind
from payroll.calculation.payslips import Payslips

from .figures import NOT_INSURED, Figures

# Labour Law 41: at most 36 hours of overtime a month; work on public holidays is counted apart.
OVERTIME_LIMIT_X100 = 36_00
# 工资支付暂行规定 16: what is taken for damages must not exceed 20 % of the month's wage.
DEDUCTION_PERCENT = 20
CHANGE_PERCENT = 20

Mask = np.ndarray


class Level(IntEnum):
    """How loud a check is: told, to be looked at, or wrong until somebody says otherwise."""

    TOLD = 0
    LOOK = 1
    BAD = 2


class Check(IntFlag):
    """The checks, as bits of `Payslip.checks`; never renumbered."""

    NOT_COMPUTED = 1
    NO_ATTENDANCE = 2
    NET_BELOW_ZERO = 4
    BELOW_MINIMUM_WAGE = 8
    CHANGED = 16
    NO_ACCOUNT = 32
    OVERTIME = 64
    DEDUCTIONS = 128
    SAME_NAME = 256
    NOT_INSURED = 512
    INSURED_ELSEWHERE = 1024
    NEW = 2048
    LEFT = 4096
    YEAR_BEGINS_HERE = 8192
    MOVED = 16384
    BONUS_TRAP = 32768
    BONUS_TWICE = 65536
    BONUS_CHOICE = 131072


@dataclass(frozen=True)
class Situation:
    """A computed run as the checks see it; bool columns of shape (n,) say what the amounts do not."""

    figures: Figures
    slips: Payslips
    regular: bool
    has_input: Mask
    had_bonus: Mask
    has_account: Mask
    same_name: Mask
    elsewhere: Mask
    new: Mask
    left: Mask
    moved: Mask
    year_begins_here: Mask
    minimum_wage_fen: int
    previous_net_fen: Column
    has_previous: Mask

    @property
    def whole_month(self) -> Mask:
        return ~self.new & ~self.left & (self.figures["absent_x100"] == 0) & (self.figures["sick_x100"] == 0)

    @property
    def fine(self) -> Mask:
        return self.slips.errors == 0


@dataclass(frozen=True)
class CheckRule:
    """One check: its bit, how loud, what people read, and the rows it finds."""

    check: Check
    level: Level
    label: str | Promise
    icon: str
    find: Callable[[Situation], Mask]


def _changed(seen: Situation) -> Mask:
    before, now = seen.previous_net_fen, seen.slips.net_fen
    return seen.fine & seen.regular & seen.has_previous & (np.abs(now - before) * 100 > np.abs(before) * CHANGE_PERCENT)


def _overtime(seen: Situation) -> Mask:
    hours = seen.figures["overtime_weekday_x100"] + seen.figures["overtime_rest_day_x100"]
    return hours > OVERTIME_LIMIT_X100


def _below_minimum(seen: Situation) -> Mask:
    """Overtime, night shifts and the worker's own insurance do not count towards the minimum wage."""
    slips = seen.slips
    overtime = sum(slips.gross.overtime_fen.values())
    beside = seen.figures["night_fen"] + slips.gross.beside_minimum_fen
    rest = slips.gross_fen - overtime - beside - slips.employee_social_fen - slips.employee_fund_fen
    return seen.fine & seen.regular & seen.whole_month & (rest < seen.minimum_wage_fen)


def _other_way_is_better(seen: Situation) -> Mask:
    """The bonus is taxed in the way that takes more, by the year so far."""
    apart, merged = seen.figures["tax_apart_fen"], seen.figures["tax_merged_fen"]
    chosen_apart = seen.figures["apart_kind"] == ApartKind.BONUS
    return seen.fine & np.where(chosen_apart, merged < apart, apart < merged)


RULES = (
    CheckRule(
        Check.BONUS_TWICE,
        Level.BAD,
        _("A bonus was taxed apart this year already"),
        "no",
        lambda seen: seen.had_bonus & (seen.figures["apart_kind"] == ApartKind.BONUS),
    ),
    CheckRule(
        Check.BONUS_TRAP,
        Level.LOOK,
        _("More bonus, less money: above a tax bound"),
        "alert",
        lambda seen: (seen.figures["trap_best_fen"] > 0) & (seen.figures["apart_kind"] == ApartKind.BONUS),
    ),
    CheckRule(Check.BONUS_CHOICE, Level.LOOK, _("Taxed the other way it costs less"), "alert", _other_way_is_better),
    CheckRule(Check.NO_ATTENDANCE, Level.BAD, _("Not in the attendance"), "sheet", lambda seen: ~seen.has_input),
    CheckRule(Check.NOT_COMPUTED, Level.BAD, _("Cannot be computed"), "no", lambda seen: seen.has_input & ~seen.fine),
    CheckRule(Check.NET_BELOW_ZERO, Level.BAD, _("Net below zero"), "no", lambda seen: seen.slips.net_fen < 0),
    CheckRule(Check.OVERTIME, Level.BAD, _("Over 36 hours of overtime"), "no", _overtime),
    CheckRule(
        Check.DEDUCTIONS,
        Level.BAD,
        _("Deductions over 20%"),
        "no",
        lambda seen: seen.slips.deducted_fen * 100 > seen.slips.gross_fen * DEDUCTION_PERCENT,
    ),
    CheckRule(Check.BELOW_MINIMUM_WAGE, Level.BAD, _("Below the minimum wage"), "no", _below_minimum),
    CheckRule(Check.CHANGED, Level.LOOK, _("Changed by over 20%"), "alert", _changed),
    CheckRule(Check.NO_ACCOUNT, Level.LOOK, _("No bank account"), "wallet", lambda seen: ~seen.has_account),
    CheckRule(Check.SAME_NAME, Level.TOLD, _("Namesakes"), "person", lambda seen: seen.same_name),
    CheckRule(
        Check.NOT_INSURED,
        Level.LOOK,
        _("Not insured"),
        "alert",
        lambda seen: (seen.figures["policy"] == NOT_INSURED) & ~seen.elsewhere & seen.regular,
    ),
    CheckRule(Check.MOVED, Level.LOOK, _("Moved within the month"), "alert", lambda seen: seen.moved),
    CheckRule(
        Check.INSURED_ELSEWHERE, Level.TOLD, _("Insured with the next client"), "info", lambda seen: seen.elsewhere
    ),
    CheckRule(Check.NEW, Level.TOLD, _("Newly joined"), "person-plus", lambda seen: seen.new),
    CheckRule(Check.LEFT, Level.TOLD, _("Has left"), "logout", lambda seen: seen.left),
    CheckRule(
        Check.YEAR_BEGINS_HERE,
        Level.TOLD,
        _("The tax year begins with the first month on the system"),
        "info",
        lambda seen: seen.year_begins_here,
    ),
)
BY_CHECK = {rule.check: rule for rule in RULES}


def run_checks(seen: Situation) -> tuple[Column, Column]:
    """Return for each row its `Check` bits and its loudest `Level`."""
    n = len(seen.slips)
    checks, attention = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for rule in RULES:
        found = rule.find(seen)
        checks[found] |= int(rule.check)
        attention[found] = np.maximum(attention[found], int(rule.level))
    return checks, attention


def found_in(code: int) -> list[CheckRule]:
    """Return the rules behind one row's bits, the loudest first."""
    return sorted((rule for rule in RULES if code & rule.check), key=lambda rule: -rule.level)
