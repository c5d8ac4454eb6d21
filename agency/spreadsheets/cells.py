"""What a cell can hold, and where it stands."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

# The formula errors of Excel, WPS and LibreOffice.
ERROR_VALUES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_ERROR_TEXT = re.compile(
    r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!)"
)


@dataclass(frozen=True, slots=True)
class BrokenFormula:
    """A formula without a usable value: `error` is what the sheet shows, empty when it was never computed."""

    error: str = ""

    def __str__(self) -> str:
        return self.error


Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | BrokenFormula
Row = list[Cell]


def is_error_text(text: str) -> bool:
    """Tell whether the text is a formula error, as it arrives in .csv or pasted as a value."""
    return text.startswith("#") and bool(_ERROR_TEXT.fullmatch(text.strip().upper()))


def column_letter(index: int) -> str:
    """Return the letters of a column counted from 0: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the column counted from 0; the way back from `column_letter`."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def shown(value: Any) -> str:
    """Return a cell's value as the person sees it in the sheet."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return str(value)
