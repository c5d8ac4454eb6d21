"""Money, quantities, whole numbers and percentages: exact, never through a float."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

import numpy as np

from agency.reasons import Reason, _, reason

from ..cells import Cell
from .base import UNREAD, BadCell, Kind, narrow, wrong_type

_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?|[+-]?\.\d+")
_LEADING_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*\D+")
# Up to here two decimals are within the 15 digits a sheet shows.
EXACT = 1e12
_NEGATIVE = re.compile(r"\(([^()]+)\)")


def read_number(value: Cell, units: tuple[str, ...] = ()) -> Decimal:
    """Return the exact number a cell shows, without thousands separators and the given units.

    A stored float stands for the at most 15 digits that a sheet shows, which drops what arithmetic in
    formulas left behind the digits (0.1 + 0.2). Raises BadCell.
    """
    if isinstance(value, float):
        return Decimal(f"{value:.15g}")
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if not isinstance(value, str):
        raise wrong_type(value, reason(_("Write digits only.")))
    text = narrow(value).replace(" ", "")
    for unit in units:
        text = text.removeprefix(unit).removesuffix(unit)
    if match := _NEGATIVE.fullmatch(text):
        text = "-" + match[1]
    if not _NUMBER.fullmatch(text):
        guess = _LEADING_NUMBER.fullmatch(text)
        raise BadCell(
            reason(_("“%(value)s” is not a number. Write digits only."), value=text),
            guess[1] if guess else "",
        )
    return Decimal(text.replace(",", ""))


@dataclass(frozen=True)
class Quantity(Kind):
    """Read a decimal number with at most `places` decimals between `minimum` and `maximum` (both allowed)."""

    places: int = 2
    minimum: Decimal = Decimal(0)
    maximum: Decimal = Decimal(1_000_000_000)
    units: tuple[str, ...] = ()

    def read(self, value: Cell) -> Decimal:
        number = read_number(value, self.units)
        if number != round(number, self.places):
            raise BadCell(
                reason(
                    _("%(value)s has more than %(places)d decimals. Round it in the file."),
                    value=_plain(number),
                    places=self.places,
                )
            )
        return self._within(number)

    def _within(self, number: Decimal) -> Decimal:
        if number < self.minimum or number > self.maximum:
            raise BadCell(
                reason(
                    _("%(value)s is not between %(minimum)s and %(maximum)s. Check the number."),
                    value=_plain(number),
                    minimum=_plain(self.minimum),
                    maximum=_plain(self.maximum),
                )
            )
        return number

    def hint(self) -> Reason:
        return reason(
            _("A number between %(minimum)s and %(maximum)s, digits only."),
            minimum=_plain(self.minimum),
            maximum=_plain(self.maximum),
        )


@dataclass(frozen=True)
class Money(Quantity):
    """Read an amount in yuan; return whole fen."""

    maximum: Decimal = Decimal(100_000_000)
    units: tuple[str, ...] = ("¥", "￥", "RMB", "CNY", "人民币", "元")

    number_format: ClassVar[str] = "#,##0.00"

    def read(self, value: Cell) -> int:  # type: ignore[override]
        return int(super().read(value).scaleb(2))

    def plain(self, cells: Sequence[Cell]) -> list[Any] | None:
        """Take a column of numbers each of which is the float nearest to whole fen, and so reads as those fen."""
        if not cells or set(map(type, cells)) != {float}:
            return None
        yuan = np.array(cells, dtype=np.float64)
        sure = (yuan >= float(self.minimum)) & (yuan <= min(float(self.maximum), EXACT))
        fen = np.rint(np.where(sure, yuan, 0) * 100)
        sure &= fen / 100 == yuan
        amounts = fen.astype(np.int64).tolist()
        return (
            amounts if sure.all() else [a if good else UNREAD for a, good in zip(amounts, sure.tolist(), strict=True)]
        )

    def hint(self) -> Reason:
        return reason(_("An amount in yuan with at most two decimals, digits only."))


@dataclass(frozen=True)
class Integer(Quantity):
    """Read a whole number."""

    places: int = 0

    number_format: ClassVar[str] = "0"

    def read(self, value: Cell) -> int:  # type: ignore[override]
        return int(super().read(value))


@dataclass(frozen=True)
class Percent(Quantity):
    """Read a percentage; return per cent (12 for 12 %).

    A cell formatted as a percentage holds 0.12: a number is taken as a fraction when only then it lies within
    the range, which must therefore not hold both, as 5 to 12 does not.
    """

    maximum: Decimal = Decimal(100)
    units: tuple[str, ...] = ("%",)

    def read(self, value: Cell) -> Decimal:
        number = read_number(value, self.units)
        written_out = isinstance(value, str) and "%" in narrow(value)
        if not written_out and self.minimum <= number * 100 <= self.maximum and number < self.minimum:
            number *= 100
        return super().read(_plain(number))

    def hint(self) -> Reason:
        return reason(
            _("A percentage between %(minimum)s and %(maximum)s, such as 12 or 12%%."),
            minimum=_plain(self.minimum),
            maximum=_plain(self.maximum),
        )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
