"""What a dry run has found: every bad cell with where it is and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from agency.reasons import Reason

from .columns import Table


@dataclass(frozen=True, slots=True)
class CellError:
    """One problem: where it is, what stands there, and how to mend it. `column` is empty for a whole row."""

    row: int
    column: str
    header: str
    value: str
    reason: Reason
    field: str = ""
    suggestion: str = ""

    def as_json(self, table: Table) -> dict[str, Any]:
        """Return a form that may be stored: personal numbers are masked."""
        kind = table.by_field[self.field].kind if self.field in table.by_field else None
        personal = kind is not None and kind.personal
        return {
            "row": self.row,
            "column": self.column,
            "header": self.header,
            "field": self.field,
            "value": kind.mask(self.value) if personal and kind else self.value,
            "reason": self.reason.as_json(),
            "suggestion": "" if personal else self.suggestion,
        }


@dataclass(slots=True)
class Report:
    """What the dry run has found. Nothing may be committed unless `clean`."""

    rows: int = 0
    bad_rows: int = 0
    blank_rows: int = 0
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)
    skipped: list[tuple[int, Reason]] = field(default_factory=list)

    @property
    def good_rows(self) -> int:
        return self.rows - self.bad_rows

    @property
    def clean(self) -> bool:
        return self.rows > 0 and not self.errors
