"""From a stored upload to its sheet, with the person's mapping and corrections applied."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from agency.spreadsheets.cells import Row, column_index, shown
from agency.spreadsheets.headers import HeaderRow
from agency.spreadsheets.opening import OpenedFile, open_upload
from agency.spreadsheets.reading import Sheet, sheet_names
from agency.spreadsheets.uploads import Upload as Prepared
from agency.spreadsheets.uploads import prepare

from . import vault
from .kinds import kind_of
from .models import KnownHeader, Upload

SAMPLES = 3
_LONG_NUMBER = re.compile(r"(?<=\w{2})\w(?=\w{2})")

# {row: {column letter: text}}
Corrections = dict[int, dict[str, str]]


class CorrectedSheet(Sheet):
    """A sheet in which some cells hold what was typed on the page."""

    corrections: Corrections

    def rows(self) -> Iterator[tuple[int, Row]]:
        for number, cells in super().rows():
            for letter, text in self.corrections.get(number, {}).items():
                index = column_index(letter)
                cells = [*cells, *[""] * (index + 1 - len(cells))]
                cells[index] = text
            yield number, cells


def corrections_of(upload: Upload) -> Corrections:
    """Return what was corrected on the page."""
    return {int(row): cells for row, cells in json.loads(upload.corrections or "{}").items()}


def prepare_upload(upload: Upload) -> Prepared:
    """Open the stored file; call inside the agency. Raises `Refused`."""
    kind = kind_of(upload.kind)
    table = kind.table_for(upload.context)
    memory = KnownHeader.objects.filter(kind=kind.memory(upload.context))
    remembered = {} if table.settled else dict(memory.values_list("header", "field"))
    prepared = prepare(
        open_stored(upload),
        table,
        sheet=upload.sheet or None,
        overrides=upload.choices,
        remembered=remembered,
    )
    if corrections := corrections_of(upload):
        prepared.sheet = _corrected(prepared.sheet, corrections)
    return prepared


def open_stored(upload: Upload, password: str | None = None) -> OpenedFile:
    """Open the stored file; the digest stays that of the file as it was sent."""
    opened = open_upload(vault.get(upload.source), upload.filename, password=password)
    return replace(opened, digest=upload.digest)


def describe(prepared: Prepared) -> dict[str, Any]:
    """Return sheets, headers, samples and mapping for the pages, numbers of people made unreadable."""
    headers = prepared.headers
    samples = _samples(prepared.sheet, headers)
    return {
        "sheets": sheet_names(prepared.opened),
        "sheet": prepared.sheet.name,
        "headers": [
            {"letter": h.letter, "text": h.text, "group": h.group, "samples": samples[h.index]} for h in headers.headers
        ],
        "mapping": {name: header.letter for name, header in prepared.mapping.assigned.items()},
        "unknown": [header.text for header in prepared.mapping.unknown],
        "columns": len(headers.headers),
        "head": headers.row,
    }


def _corrected(sheet: Sheet, corrections: Corrections) -> CorrectedSheet:
    corrected = CorrectedSheet(sheet.name, sheet.row_count, sheet.opened, sheet.loaded, sheet.broken)
    corrected.corrections = corrections
    return corrected


def _samples(sheet: Sheet, headers: HeaderRow) -> dict[int, list[str]]:
    samples: dict[int, list[str]] = {header.index: [] for header in headers.headers}
    for number, cells in sheet.rows():
        if number > headers.row + 50:
            break
        for index, seen in samples.items():
            if number > headers.row and index < len(cells) and len(seen) < SAMPLES:
                text = hidden(shown(cells[index]))
                if text and text not in seen:
                    seen.append(text)
    return samples


def hidden(text: str) -> str:
    """Return a sample without the middle of whatever could be the number of a person."""
    text = text.strip()[:24]
    digits = sum(character.isdigit() for character in text)
    return _LONG_NUMBER.sub("*", text) if digits >= 7 and not re.match(r"\d{4}[-/年.]", text) else text
