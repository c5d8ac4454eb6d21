"""What a check is, and what it sees of a computed run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag

import numpy as np
from django.utils.functional import Promise

from agency.money import Column
from payroll.calculation.payslips import Payslips

from .figures import Figures

Mask = np.ndarray


class Level(IntEnum):
    """How loud a check is: told, to be looked at, wrong until somebody says otherwise, or in the way until mended."""

    TOLD = 0
    LOOK = 1
    BAD = 2
    BLOCK = 3


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
    NO_CONTRACT = 262144
    NO_IDENTITY = 524288
    SHARED_ACCOUNT = 1048576
    EARLIER_MONTHS = 2097152
    UNPAID_MONTH = 4194304
    DECLARED = 8388608
    BUREAU_STOPPED = 16777216
    NOT_DECLARED = 33554432
    NOT_BILLED = 67108864
    NOT_PAID = 134217728
    BILLED_NOT_DECLARED = 268435456


@dataclass(frozen=True)
class Situation:
    """A computed run as the checks see it; bool columns of shape (n,) say what the amounts do not."""

    figures: Figures
    slips: Payslips
    regular: bool
    has_input: Mask
    had_bonus: Mask
    has_account: Mask
    has_contract: Mask
    no_identity: Mask
    shared_account: Mask
    same_name: Mask
    elsewhere: Mask
    new: Mask
    left: Mask
    moved: Mask
    year_begins_here: Mask
    minimum_wage_fen: int
    change_percent: int
    mean_net_fen: Column
    has_mean: Mask
    # Gaps of the four-way match, empty where no bureau's list of the month is in.
    gaps: Mapping[Check, Mask] = field(default_factory=dict)

    @property
    def whole_month(self) -> Mask:
        return ~self.new & ~self.left & (self.figures["absent_x100"] == 0) & (self.figures["sick_x100"] == 0)

    @property
    def student(self) -> Mask:
        """Who is on internship: no employee, so neither insured by us nor under a labour contract."""
        return self.figures["student"] == 1

    def gap(self, check: Check) -> Mask:
        """Return who has a gap of the four-way match."""
        return self.gaps.get(check, np.zeros(len(self.slips), dtype=bool))

    @property
    def fine(self) -> Mask:
        return self.slips.errors == 0


@dataclass(frozen=True)
class CheckRule:
    """One check: its bit, how loud, what people read, how to mend it, and the rows it finds."""

    check: Check
    level: Level
    label: str | Promise
    icon: str
    mend: str | Promise
    find: Callable[[Situation], Mask]
