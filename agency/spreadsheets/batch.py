"""Rows read together, as columns: a check that looks at whole columns never makes rows of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

from .columns import Values


@dataclass(slots=True)
class ParsedRow:
    """A row as read: `values` by field, None for blanks; `good` is False when any of its cells is bad."""

    row: int
    values: Values
    good: bool = True


class Batch(Sequence[ParsedRow]):
    """Up to a thousand rows: `numbers` in the sheet, and `columns` by field, None for blank and bad cells."""

    def __init__(self, numbers: Sequence[int], columns: dict[str, list[Any]]) -> None:
        self.numbers, self.columns = numbers, columns
        self.good = [True] * len(numbers)

    @cached_property
    def rows(self) -> list[ParsedRow]:
        """The same row by row."""
        names = tuple(self.columns)
        made = zip(self.numbers, zip(*self.columns.values(), strict=True), self.good, strict=True)
        return [ParsedRow(number, dict(zip(names, values, strict=True)), good) for number, values, good in made]

    def values(self, place: int) -> Values:
        """Return the cells of one row by field."""
        return {name: column[place] for name, column in self.columns.items()}

    def place_of(self, number: int) -> int:
        """Return where a row of the sheet stands in the batch."""
        return bisect_left(self.numbers, number)

    def at(self, places: Sequence[int]) -> Batch:
        """Return some of the rows as a batch of their own."""
        part = {name: [column[place] for place in places] for name, column in self.columns.items()}
        some = Batch([self.numbers[place] for place in places], part)
        some.good = [self.good[place] for place in places]
        return some

    def spoil(self, place: int) -> None:
        """Write down that a row has a bad cell."""
        self.good[place] = False
        if "rows" in self.__dict__:
            self.rows[place].good = False

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[ParsedRow]:
        return iter(self.rows)

    @overload
    def __getitem__(self, place: int) -> ParsedRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[ParsedRow]: ...
    def __getitem__(self, place: int | slice) -> ParsedRow | list[ParsedRow]:
        return self.rows[place]
