"""Write an .xls as Excel 97 did: records of BIFF8 in a compound file. No library at hand writes one.

[MS-XLS] 2.4 has the records, [MS-CFB] 2 the container. Texts, numbers and merged areas are all a list needs.
"""

import io
import struct
from collections.abc import Iterable, Sequence
from typing import Any

SECTOR, END, FREE, IS_FAT = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
BOF, EOF, BOUNDSHEET, DIMENSIONS, LABEL, NUMBER, MERGED = 0x0809, 0x000A, 0x0085, 0x0200, 0x0204, 0x0203, 0x00E5
SMALLEST = 4096  # Shorter streams would lie in sectors of another size.
Area = tuple[int, int, int, int]


def xls(*rows: Sequence[Any], sheet: str = "Sheet1", merged: Iterable[Area] = ()) -> io.BytesIO:
    """Return a workbook of one sheet; areas are (first row, last row, first column, last column), counted from 0."""
    name = bytes([len(sheet), 1]) + sheet.encode("utf-16-le")
    book = _record(BOF, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    start = len(book) + 4 + 6 + len(name) + 4
    book += _record(BOUNDSHEET, struct.pack("<IH", start, 0) + name) + _record(EOF)
    book += _record(BOF, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    book += _record(DIMENSIONS, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for row, cells in enumerate(rows):
        book += b"".join(_cell(row, column, value) for column, value in enumerate(cells) if value not in (None, ""))
    areas = list(merged)
    book += _record(MERGED, struct.pack("<H", len(areas)) + b"".join(struct.pack("<HHHH", *area) for area in areas))
    return io.BytesIO(_container(book + _record(EOF)))


def _cell(row: int, column: int, value: Any) -> bytes:
    if isinstance(value, int | float):
        return _record(NUMBER, struct.pack("<HHHd", row, column, 0, value))
    return _record(LABEL, struct.pack("<HHHHB", row, column, 0, len(value), 1) + value.encode("utf-16-le"))


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def _container(stream: bytes) -> bytes:
    """Return header, allocation table, directory and the one stream, in this order."""
    stream = stream.ljust(SMALLEST, b"\0")
    sectors = -(-len(stream) // SECTOR)
    assert sectors + 2 <= SECTOR // 4, "one sector of the allocation table is all this writes"
    chain = [IS_FAT, END, *range(3, sectors + 2), END]
    header = struct.pack("<8s16sHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, SMALLEST, END, 0, END, 0, 0)
    fat = struct.pack(f"<{len(chain)}I", *chain)
    directory = _entry("Root Entry", 5, END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    parts = (header, b"\xff"), (fat, b"\xff"), (directory, b"\0"), (stream, b"\0")
    return b"".join(part.ljust(-(-len(part) // SECTOR) * SECTOR, filling) for part, filling in parts)


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII36xIQ", text, len(text), kind, 1, FREE, FREE, child, start, size)
