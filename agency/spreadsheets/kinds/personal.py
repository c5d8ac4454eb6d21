"""Numbers of people. A sheet that stored them as numbers may have lost their last digits for good."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from agency.identifiers import (
    InvalidIdentifier,
    check_bank_account,
    check_identity_number,
    check_phone,
    is_sure_account,
    is_sure_phone,
    mask_bank_account,
    mask_identity_number,
    mask_phone,
    sure_identity_numbers,
)
from agency.reasons import Reason, _, reason

from ..cells import Cell, shown
from .base import UNREAD, BadCell, Kind, narrow

# From here on a number in a sheet is no longer exact: Excel keeps 15 digits.
INEXACT = 10**15
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")


def read_digits(value: Cell) -> str:
    """Return the characters of a number-like text; raise BadCell when the sheet has already lost digits."""
    if isinstance(value, str):
        text = narrow(value).lstrip("'`’")
        if _SCIENTIFIC.fullmatch(text):
            raise _lost_digits()
        return text.removesuffix(".0") if text.endswith(".0") else text
    if isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) >= INEXACT:
            raise _lost_digits()
        if value == int(value):
            return str(int(value))
    return shown(value)


def _lost_digits() -> BadCell:
    return BadCell(reason(_("Excel kept 15 digits and lost the rest. Format the column as text and type it again.")))


@dataclass(frozen=True)
class IdentityNumberText(Kind):
    """Read a resident identity number; return its 18 characters."""

    number_format: ClassVar[str] = "@"
    width: ClassVar[int] = 22
    personal: ClassVar[bool] = True

    def read(self, value: Cell) -> str:
        return self.judge(value)[0]

    def judge(self, value: Cell) -> tuple[str, tuple[Reason, ...]]:
        try:
            checked = check_identity_number(read_digits(value))
        except InvalidIdentifier as error:
            raise BadCell(error.reason) from None
        return checked.number, checked.warnings

    def plain(self, cells: Sequence[Cell]) -> list[Any]:
        """Take numbers written as on the card and without a doubt."""
        texts = [cell if isinstance(cell, str) else "" for cell in cells]
        sure = sure_identity_numbers(texts)
        return [text if good else UNREAD for text, good in zip(texts, sure, strict=True)]

    def hint(self) -> Reason:
        return reason(_("The 18 characters on the card, in a cell formatted as text."))

    def mask(self, text: str) -> str:
        return mask_identity_number(text)


@dataclass(frozen=True)
class BankAccountNumber(Kind):
    """Read a bank account; return its digits."""

    number_format: ClassVar[str] = "@"
    width: ClassVar[int] = 24
    personal: ClassVar[bool] = True

    def read(self, value: Cell) -> str:
        return self.judge(value)[0]

    def judge(self, value: Cell) -> tuple[str, tuple[Reason, ...]]:
        try:
            checked = check_bank_account(read_digits(value))
        except InvalidIdentifier as error:
            raise BadCell(error.reason) from None
        return checked.number, checked.warnings

    def plain(self, cells: Sequence[Cell]) -> list[Any]:
        """Take accounts that are digits only, with the right check digit where there is one."""
        return [cell if isinstance(cell, str) and is_sure_account(cell) else UNREAD for cell in cells]

    def hint(self) -> Reason:
        return reason(_("The digits of the account, in a cell formatted as text."))

    def mask(self, text: str) -> str:
        return mask_bank_account(text)


@dataclass(frozen=True)
class Phone(Kind):
    """Read a mainland mobile number; return its 11 digits."""

    number_format: ClassVar[str] = "@"
    width: ClassVar[int] = 15
    personal: ClassVar[bool] = True

    def read(self, value: Cell) -> str:
        try:
            return check_phone(read_digits(value))
        except InvalidIdentifier as error:
            raise BadCell(error.reason) from None

    def plain(self, cells: Sequence[Cell]) -> list[Any]:
        """Take numbers of 11 digits."""
        return [cell if isinstance(cell, str) and is_sure_phone(cell) else UNREAD for cell in cells]

    def hint(self) -> Reason:
        return reason(_("A mobile number with 11 digits."))

    def mask(self, text: str) -> str:
        return mask_phone(text)
