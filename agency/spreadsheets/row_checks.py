"""Compare the cells of each row: what stands in the same cells twice is compared once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from agency.reasons import _, reason

from .batch import Batch
from .columns import Finding, RowCheck, Table

# Distinct combinations of cells that are remembered of one check.
REMEMBERED = 20_000


@dataclass(slots=True)
class Remembered:
    """One check, and what it said of the combinations of cells there were."""

    check: RowCheck
    clean: set[tuple[Any, ...]] = field(default_factory=set)

    def places(self, batch: Batch) -> list[int]:
        """Return where there is something to be said."""
        cells = [self._alike(name, batch.columns[name]) for name in self.check.fields]
        found = {key for key in set(zip(*cells, strict=True)) - self.clean if not self._is_clean(key)}
        return [place for place, key in enumerate(zip(*cells, strict=True)) if key in found] if found else []

    def _alike(self, name: str, column: Sequence[Any]) -> Sequence[Any]:
        same = self.check.alike.get(name)
        return column if same is None else [None if value is None else same(value) for value in column]

    def _is_clean(self, key: tuple[Any, ...]) -> bool:
        if any(self.check(dict(zip(self.check.fields, key, strict=True)))):
            return False
        if len(self.clean) < REMEMBERED:
            self.clean.add(key)
        return True


class RowChecks:
    """The checks of a table across the cells of a row."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.checks = [Remembered(check) for check in table.row_checks]

    def suspects(self, batch: Batch) -> list[int]:
        """Return the places of the rows of which something is to be said, in order."""
        places: set[int] = set()
        for group in self.table.one_of:
            if not any(_is_full(batch.columns[name]) for name in group):
                filled = zip(*(batch.columns[name] for name in group), strict=True)
                places.update(place for place, cells in enumerate(filled) if all(cell is None for cell in cells))
        for check in self.checks:
            places.update(check.places(batch))
        return sorted(places)

    def findings(self, batch: Batch, place: int) -> Iterator[Finding]:
        """Yield what is to be said of one row."""
        values = batch.values(place)
        for group in self.table.one_of:
            if batch.good[place] and all(values[name] is None for name in group):
                headers = " / ".join(self.table.by_field[name].header for name in group)
                yield Finding(group[0], reason(_("Fill in %(header)s."), header=headers))
        for check in self.table.row_checks:
            yield from check(values)


def _is_full(column: Sequence[Any]) -> bool:
    return None not in column
