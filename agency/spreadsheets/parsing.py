"""Read the cells of many rows column by column: what stands in a column twice is read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from agency.reasons import Reason, _, reason

from .cells import BrokenFormula, Cell, is_error_text
from .columns import Column
from .headers import Header
from .kinds import UNREAD, BadCell

# Distinct cells of a column that are remembered; a column with more holds names or numbers, which do not repeat.
REMEMBERED = 5000


@dataclass(slots=True)
class Note:
    """What is wrong with a cell (or only odd, in a `doubt`), by its place among the rows read together."""

    place: int
    reason: Reason
    suggestion: str = ""
    doubt: bool = False


@dataclass(slots=True)
class ColumnReader:
    """One assigned column. It remembers what its cells were read as, and the unique values of all rows so far."""

    column: Column
    header: Header
    known: dict[type, dict[Cell, Any]] = field(default_factory=dict)
    seen: dict[Any, int] = field(default_factory=dict)

    def forget(self) -> None:
        """Begin with a sheet once more."""
        self.known.clear()
        self.seen.clear()

    def read(self, numbers: Sequence[int], cells: Sequence[Cell]) -> tuple[list[Any], list[Note]]:
        """Return the values of cells of these rows, None for blank and bad ones, and what is to be said of them."""
        values = self.column.kind.plain(cells)
        if values is None:
            values = self._recalled(cells)
        if "" in cells:
            blank = UNREAD if self.column.required else None
            values = [blank if cell == "" else value for cell, value in zip(cells, values, strict=True)]
        plainly = UNREAD not in values
        if plainly and self._add_unique(numbers, values):
            return values, []
        notes: list[Note] = []
        for place, value in enumerate(values):
            try:
                if value is UNREAD:
                    value = self._judge(cells[place], place, notes)
                if self.column.unique and value is not None:
                    self._check_unique(value, numbers[place])
                values[place] = value
            except BadCell as bad:
                values[place] = None
                notes.append(Note(place, bad.reason, bad.suggestion))
        return values, notes

    def _recalled(self, cells: Sequence[Cell]) -> list[Any]:
        """Return what cells like these were read as before."""
        types = set(map(type, cells))
        if len(types) == 1:
            return list(map(self.known.setdefault(types.pop(), {}).get, cells, repeat(UNREAD)))
        known = {kind: self.known.setdefault(kind, {}) for kind in types}
        return [known[cell.__class__].get(cell, UNREAD) for cell in cells]

    def _judge(self, cell: Cell, place: int, notes: list[Note]) -> Any:
        """Read one cell with all there is to say of it. Raises `BadCell`."""
        if isinstance(cell, str):
            text = cell.strip()
            if not text or text in self.column.kind.nothing:
                if self.column.required:
                    raise BadCell(reason(_("Fill in %(header)s."), header=self.column.header))
                return None
            if text[0] == "#" and is_error_text(text):
                raise broken(text)
        elif isinstance(cell, BrokenFormula):
            raise broken(cell.error)
        value, doubts = self.column.kind.judge(cell)
        notes += [Note(place, doubt, doubt=True) for doubt in doubts]
        if not doubts and not self.column.unique and not self.column.kind.personal:
            known = self.known.setdefault(cell.__class__, {})
            if len(known) < REMEMBERED:
                known[cell] = value
        return value

    def _add_unique(self, numbers: Sequence[int], values: list[Any]) -> bool:
        """Remember values none of which was there before; return False, with nothing remembered, otherwise."""
        if not self.column.unique:
            return True
        fresh = {value: number for value, number in zip(values, numbers, strict=True) if value is not None}
        if len(fresh) < len(values) - values.count(None) or not self.seen.keys().isdisjoint(fresh):
            return False
        self.seen |= fresh
        return True

    def _check_unique(self, value: Any, number: int) -> None:
        first = self.seen.setdefault(value, number)
        if first != number:
            words = _("The same %(header)s as in row %(row)d. Keep one of the two.")
            raise BadCell(reason(words, header=self.column.header, row=first))


def broken(error: str) -> BadCell:
    """Say what is wrong with a formula that has no value."""
    if error:
        return BadCell(reason(_("The formula gives %(error)s. Mend it, or type the value."), error=error))
    return BadCell(
        reason(_("This formula was never computed. Open the file in Excel or WPS, save it, upload it again."))
    )
