"""Which column of the file is which of ours."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field

from agency.reasons import Reason, _, reason

from .columns import Column, Table
from .headers import Header, HeaderRow, known_words, normalised

# The column that our own annotated workbook adds; a corrected workbook comes back with it.
ANNOTATION_HEADER = "哪里要改"
SOURCE_ROW_HEADER = "原表第几行"
SERIAL_HEADER = "序号"

IGNORE = ""


@dataclass(slots=True)
class Mapping:
    """Headers by our field; `unknown` ones will be ignored, `missing` are required columns not found."""

    assigned: dict[str, Header] = field(default_factory=dict)
    unknown: list[Header] = field(default_factory=list)
    missing: list[Column] = field(default_factory=list)
    groups_missing: list[tuple[Column, ...]] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not self.missing and not self.groups_missing

    def problems(self, headers: HeaderRow | None) -> list[Reason]:
        """Say what is missing, and what was found instead."""
        found = "、".join(header.text for header in headers.headers[:40]) if headers else "—"
        missing = [column.header for column in self.missing]
        missing += [" / ".join(column.header for column in group) for group in self.groups_missing]
        return [
            reason(_("No column for %(column)s. The file has: %(found)s."), column=header, found=found)
            for header in missing
        ]

    def remember(self) -> dict[str, str]:
        """Return header → field, to be kept for the next file of the same sender."""
        chosen = {normalised(header.group + header.text): name for name, header in self.assigned.items()}
        return chosen | {normalised(header.group + header.text): IGNORE for header in self.unknown}


def map_columns(
    headers: HeaderRow,
    table: Table,
    *,
    overrides: Dictionary[str, str] | None = None,
    remembered: Dictionary[str, str] | None = None,
) -> Mapping:
    """Match the headers of a file to the columns of a table, in any order.

    `overrides` is the person's choice, by column letter or header text, and wins; `remembered` is what
    `Mapping.remember()` gave for an earlier file. An empty field ignores a column.
    """
    mapping = Mapping()
    ignored = _apply_choices(mapping, headers, table, overrides or {}, remembered or {})
    words = known_words(table)
    free = [h for h in headers.headers if h not in mapping.assigned.values() and h.index not in ignored]
    for rank in range(4):
        for header in list(free):
            spellings = header.spellings()
            name = words.get(spellings[rank]) if rank < len(spellings) else None
            if name and name not in mapping.assigned:
                mapping.assigned[name] = header
                free.remove(header)
    taken = set(mapping.assigned.values())
    ours = {normalised(text) for text in (ANNOTATION_HEADER, SOURCE_ROW_HEADER, SERIAL_HEADER)}
    mapping.unknown = [h for h in headers.headers if h not in taken and normalised(h.text) not in ours]
    mapping.missing = [c for c in table.columns if c.required and c.field not in mapping.assigned]
    mapping.groups_missing = [
        tuple(table.by_field[name] for name in group)
        for group in table.one_of
        if not any(name in mapping.assigned for name in group)
    ]
    return mapping


def _apply_choices(
    mapping: Mapping,
    headers: HeaderRow,
    table: Table,
    overrides: Dictionary[str, str],
    remembered: Dictionary[str, str],
) -> set[int]:
    """Assign what was chosen by hand; return the columns to be ignored."""
    ignored: set[int] = set()
    for header in headers.headers:
        choice = overrides.get(header.letter, overrides.get(header.text))
        if choice is None:
            continue
        if choice in table.by_field:
            mapping.assigned[choice] = header
        else:
            ignored.add(header.index)
    for header in headers.headers:
        name = remembered.get(normalised(header.group + header.text))
        if name is None or header.index in ignored or header in mapping.assigned.values():
            continue
        # A column ignored last time may be wanted now: only a positive choice is repeated.
        if name in table.by_field and name not in mapping.assigned:
            mapping.assigned[name] = header
    return ignored
