"""Look through a sheet before it is loaded: the area in use, and formulas without a value.

The reader gives formula errors and formulas never computed as empty cells, which would lose them without a
word; and it lays out the whole area in use at once, so that area must be known first.
"""

from __future__ import annotations

import re
import struct
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree as XML

from agency.reasons import _, reason

from . import ole
from .cells import ERROR_VALUES, BrokenFormula, column_index, column_letter
from .extent import extent
from .limits import Limits
from .refusals import Refused, truncated
from .zipped import inflate

_CELL_START = re.compile(rb"<(?:\w+:)?c\s")
_BROKEN = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*?\br="([A-Z]{1,3})(\d{1,7})")([^>/]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)</")


@dataclass(slots=True)
class Inspection:
    """The area in use (counted from 0) and the broken formulas by (row, column), counted from 0."""

    last_row: int = -1
    last_column: int = -1
    broken: dict[tuple[int, int], BrokenFormula] = field(default_factory=dict)

    def include(self, row: int, column: int) -> None:
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    def check(self, limits: Limits) -> None:
        if self.last_row >= limits.rows or (self.last_row + 1) * (self.last_column + 1) > limits.cells:
            raise Refused(
                reason(
                    _("The sheet reaches as far as %(cell)s. Delete what is outside the table, or split it."),
                    cell=f"{column_letter(self.last_column)}{self.last_row + 1}",
                )
            )


def inspect_xlsx(archive: zipfile.ZipFile, sheet_name: str, limits: Limits) -> Inspection:
    """Inspect one sheet of an .xlsx by streaming its XML; raise Refused when it is too large or broken."""
    found = Inspection()
    rest = b""
    for piece in inflate(archive, _sheet_path(archive, sheet_name)):
        text = rest + piece
        starts = [match.start() for match in _CELL_START.finditer(text, max(0, len(text) - 100_000))]
        cut = starts[-1] if starts else max(0, len(text) - 16)
        _scan(text[:cut], found)
        rest = text[cut:]
        if len(rest) > limits.unpacked_bytes // 10:
            raise truncated()
    _scan(rest, found)
    found.check(limits)
    return found


def _scan(text: bytes, found: Inspection) -> None:
    reaches = extent(text)
    if reaches is not None:
        found.include(*reaches)
    if b't="e"' not in text and b"<f" not in text and b":f" not in text:
        return
    for letters, row, attributes, content in _BROKEN.findall(text):
        value = _VALUE.search(content)
        if b't="e"' in attributes:
            error = value[1].decode(errors="replace") if value else "#VALUE!"
        elif value is None and (b"<f" in content or b":f" in content) and b'"str"' not in attributes:
            error = ""
        else:
            continue
        found.broken[int(row) - 1, column_index(letters.decode())] = BrokenFormula(error)


def _sheet_path(archive: zipfile.ZipFile, sheet_name: str) -> str:
    try:
        workbook = XML.fromstring(b"".join(inflate(archive, "xl/workbook.xml")))  # noqa: S314
        relations = XML.fromstring(b"".join(inflate(archive, "xl/_rels/workbook.xml.rels")))  # noqa: S314
    except (XML.ParseError, KeyError):
        raise truncated() from None
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for sheet in workbook.iter():
        if sheet.tag.endswith("}sheet") and sheet.get("name") == sheet_name:
            identifier = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
            target = targets.get(identifier, "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path in archive.NameToInfo:
                return path
    raise truncated()


def inspect_xls(stream: bytes, sheet_name_index: int, limits: Limits) -> Inspection:
    """Inspect one sheet of an .xls by its records; `stream` is the workbook stream."""
    offsets = [struct.unpack_from("<I", data)[0] for number, data in ole.records(stream) if number == ole.BOUNDSHEET]
    found = Inspection()
    if sheet_name_index >= len(offsets) or offsets[sheet_name_index] >= len(stream):
        raise truncated()
    depth = 0
    for number, data in ole.records(stream, offsets[sheet_name_index]):
        # Charts inside a sheet are streams of their own within it.
        depth += {0x0809: 1, 0x000A: -1}.get(number, 0)
        if depth == 0:
            break
        if depth == 1 and number in ole.CELLS and len(data) >= 6:
            row, column = struct.unpack_from("<HH", data)
            found.include(row, column)
            if number == ole.BOOLERR and len(data) >= 8 and data[7] == 1:
                found.broken[row, column] = BrokenFormula(ERROR_VALUES.get(data[6], "#VALUE!"))
            elif number == ole.FORMULA and len(data) >= 14 and data[12:14] == b"\xff\xff" and data[6] == 2:
                found.broken[row, column] = BrokenFormula(ERROR_VALUES.get(data[8], "#VALUE!"))
    found.check(limits)
    return found
