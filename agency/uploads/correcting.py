"""Correct single cells on the page: tried at once, applied by the next dry run."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from agency.reasons import Reason, _, reason
from agency.spreadsheets.columns import Column
from agency.spreadsheets.kinds import BadCell

from .kinds import kind_of
from .models import State, Upload
from .opening import corrections_of

MOST = 2000
LONGEST = 500


class UnknownCell(LookupError):
    """The cell is none of those that are imported."""


@dataclass(frozen=True)
class Tried:
    """What became of a correction: kept, or why not and what may be meant."""

    row: int
    letter: str
    column: Column
    value: str
    why_not: Reason | None = None
    suggestion: str = ""

    def as_finding(self, who: str) -> dict[str, Any]:
        """Return it as the page shows findings."""
        return {
            "key": f"{self.row}{self.letter}",
            "row": self.row,
            "column": self.letter,
            "header": self.column.header,
            "who": who,
            "value": self.value,
            "reason": self.why_not,
            "suggestion": self.suggestion,
        }


def correct(upload: Upload, row: int, letter: str, value: str) -> Tried:
    """Keep a new value for a cell if it can be read alone. Raises `UnknownCell`."""
    column = column_at(upload, letter)
    value = value.strip()[:LONGEST]
    if row < 1 or upload.state != State.CHECKED:
        raise UnknownCell
    try:
        if value:
            column.kind.judge(value)
        elif column.required:
            raise BadCell(reason(_("Fill in %(header)s."), header=column.header))
    except BadCell as bad:
        return Tried(row, letter, column, value, bad.reason, bad.suggestion)
    corrections = corrections_of(upload)
    if sum(map(len, corrections.values())) >= MOST:
        why = reason(_("So many cells are easier to mend in the workbook. Download it, mend it, upload it again."))
        return Tried(row, letter, column, value, why)
    corrections.setdefault(row, {})[letter] = value
    upload.corrections = json.dumps(corrections)
    upload.save(update_fields=["corrections"])
    return Tried(row, letter, column, value)


def column_at(upload: Upload, letter: str) -> Column:
    """Return our column at a letter of the file. Raises `UnknownCell`."""
    table = kind_of(upload.kind).table_for(upload.context)
    for name, at in upload.reading.get("mapping", {}).items():
        if at == letter and name in table.by_field:
            return table.by_field[name]
    raise UnknownCell
