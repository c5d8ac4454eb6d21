"""Free text: names, addresses, job numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from agency.reasons import Reason, _, reason

from ..cells import Cell, shown
from .base import UNREAD, BadCell, Kind

_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\ufeff]")


@dataclass(frozen=True)
class Text(Kind):
    """Read text; `one_line` folds line breaks and runs of spaces into one space."""

    longest: int = 200
    one_line: bool = True

    number_format: ClassVar[str] = "@"
    nothing: ClassVar[frozenset[str]] = frozenset()

    def read(self, value: Cell) -> str:
        text = value if isinstance(value, str) else shown(value)
        if not text.isprintable() or "\u3000" in text:
            text = _INVISIBLE.sub("", text)
        text = " ".join(text.split()) if self.one_line else text.strip()
        if len(text) > self.longest:
            raise BadCell(
                reason(
                    _("The text has %(count)d characters; at most %(limit)d fit. Shorten it."),
                    count=len(text),
                    limit=self.longest,
                )
            )
        return text

    def plain(self, cells: Sequence[Cell]) -> list[Any]:
        """Take texts that need no cleaning: without spaces, without signs that cannot be seen, no formula error."""
        if set(map(type, cells)) == {str}:
            text = "".join(cells)  # type: ignore[arg-type]
            if text.isprintable() and " " not in text and "#" not in text and max(map(len, cells)) <= self.longest:  # type: ignore[arg-type]
                return list(cells)
        return [
            cell if isinstance(cell, str) and cell.isprintable() and self._is_clean(cell) else UNREAD for cell in cells
        ]

    def _is_clean(self, text: str) -> bool:
        return " " not in text and text[:1] != "#" and len(text) <= self.longest

    def hint(self) -> Reason:
        return reason(_("Text, at most %(limit)d characters."), limit=self.longest)
