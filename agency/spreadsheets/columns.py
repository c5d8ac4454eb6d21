"""What a table is made of: typed columns under known headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from agency.reasons import Reason

from .kinds import Kind


@dataclass(frozen=True)
class Column:
    """One column: `field` is our name, `header` what the template says, `synonyms` what others say.

    Headers are part of the file format, like the columns of a bank file, and are not translated.
    `unique` means that no two rows of a file may hold the same value; blanks do not count.
    """

    field: str
    header: str
    kind: Kind
    required: bool = False
    unique: bool = False
    synonyms: tuple[str, ...] = ()
    note: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check across cells or rows has found; `field` is empty when it is about the whole row."""

    field: str
    reason: Reason
    warning: bool = False
    row: int = 0
    suggestion: str = ""


Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowCheck:
    """Compare some cells of one row: `check` sees the values of `fields`, and what it says depends on them alone.

    `alike` brings values that make no difference to one, such as numbers of people of one age; None stays None.
    """

    fields: tuple[str, ...]
    check: Callable[[Values], Iterable[Finding]]
    alike: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    def __call__(self, values: Values) -> Iterable[Finding]:
        return self.check(values)


def compares(
    *fields: str, **alike: Callable[[Any], Any]
) -> Callable[[Callable[[Values], Iterable[Finding]]], RowCheck]:
    """Make a function a check of a row that looks at these fields."""
    return lambda check: RowCheck((*fields, *alike), check, alike)


@dataclass(frozen=True)
class Table:
    """A kind of table that can be uploaded. `row_checks` compare the cells of one row."""

    name: str
    title: str
    columns: tuple[Column, ...]
    row_checks: tuple[RowCheck, ...] = ()
    # Rows must fill at least one field of each of these groups, such as identity number or job number.
    one_of: tuple[tuple[str, ...], ...] = field(default=())
    # Rows above the headers that are titles, where the sender's layout is known.
    titles: int = 0
    # The headers are agreed on: what a person once chose for another file does not go before them.
    settled: bool = False

    @cached_property
    def by_field(self) -> dict[str, Column]:
        return {column.field: column for column in self.columns}
