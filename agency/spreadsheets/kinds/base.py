"""What every kind of column shares."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from agency.reasons import Reason, _, reason

from ..cells import Cell, shown

# What people type into a cell to say that there is nothing: dashes, strokes, “none”.
NOTHING = frozenset(("-", "--", "---", "—", "——", "/", "\\", "无", "暂无", "没有", "n/a", "N/A", "null", "NULL"))


# Stands for a cell that has to be looked at alone.
UNREAD: Any = type("Unread", (), {"__repr__": lambda self: "UNREAD"})()


class BadCell(ValueError):
    """A cell that cannot be read; `suggestion` is what the person most probably meant, when that is plain."""

    def __init__(self, reason: Reason, suggestion: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.suggestion = suggestion


@dataclass(frozen=True)
class Kind(ABC):
    """Read cells of one kind. Subclasses implement `read`, for cells that are neither blank nor broken, and `hint`."""

    number_format: ClassVar[str] = "General"
    width: ClassVar[int] = 14
    personal: ClassVar[bool] = False
    nothing: ClassVar[frozenset[str]] = NOTHING

    @abstractmethod
    def read(self, value: Cell) -> Any:
        """Return the value in our own terms; raise BadCell with the reason."""

    def judge(self, value: Cell) -> tuple[Any, tuple[Reason, ...]]:
        """Return the value and what is unusual about it without being wrong; raise BadCell as `read` does."""
        return self.read(value), ()

    def plain(self, cells: Sequence[Cell]) -> list[Any] | None:
        """Return the values of a whole column as far as they are beyond doubt, `UNREAD` for the others.

        For kinds whose cells hardly repeat; None, the default, has cells that are alike read once. A blank counts as
        unread.
        """
        return None

    @abstractmethod
    def hint(self) -> Reason:
        """Say what to write into such a cell."""

    def mask(self, text: str) -> str:
        """Return the cell's text as it may be stored and shown to others."""
        return text

    def choices(self) -> tuple[str, ...]:
        """Return the words a drop-down list offers; empty when anything goes."""
        return ()


def narrow(text: str) -> str:
    """Return the text with half-width digits and signs, trimmed."""
    text = text.strip()
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).strip().strip("\u200b\u200e\u200f\ufeff\u202c\u202d")


def wrong_type(value: Cell, expected: Reason) -> BadCell:
    return BadCell(reason(_("“%(value)s” does not fit here. %(expected)s"), value=shown(value), expected=expected))
