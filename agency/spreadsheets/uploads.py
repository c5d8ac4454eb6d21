"""From an upload to the sheet, headers and mapping to check: the one way in for every table."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass

from agency.reasons import _, reason

from .columns import Table
from .headers import HeaderRow, find_headers
from .mapping import Mapping, map_columns
from .opening import OpenedFile
from .reading import Sheet, load_sheet, sheet_names
from .refusals import Refused


@dataclass(slots=True)
class Upload:
    """A sheet of an opened file with its headers found and mapped to the columns of a table."""

    table: Table
    opened: OpenedFile
    sheet: Sheet
    headers: HeaderRow
    mapping: Mapping


def prepare(
    opened: OpenedFile,
    table: Table,
    *,
    sheet: str | None = None,
    overrides: Dictionary[str, str] | None = None,
    remembered: Dictionary[str, str] | None = None,
) -> Upload:
    """Return the sheet that fits the table best (or the named one), with its mapping.

    The first visible sheet with all required columns is taken, else the one with most known columns. Raises
    Refused when no sheet has anything that looks like headers; a mapping with missing columns is no refusal.
    """
    best: Upload | None = None
    for name in [sheet] if sheet is not None else sheet_names(opened):
        loaded = load_sheet(opened, name)
        headers = find_headers(loaded.rows(), table)
        if headers is None:
            continue
        mapping = map_columns(headers, table, overrides=overrides, remembered=remembered)
        if best is None or len(mapping.assigned) > len(best.mapping.assigned):
            best = Upload(table, opened, loaded, headers, mapping)
        if mapping.complete:
            break
    if best is None:
        raise Refused(reason(_("No table was found in this file. The first rows must hold the column headers.")))
    return best
