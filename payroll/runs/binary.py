"""Rows in the binary format of PostgreSQL's COPY: numbers of all rows are laid out by numpy, a text is appended.

https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS
"""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from agency.money import Column

HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TRAILER = b"\xff\xff"
ROWS_AT_ONCE = 2000
# How a column's type is laid out.
LAYOUT = {"bigint": ">i8", "integer": ">i4", "smallint": ">i2"}


def binary_rows(numbers: Mapping[str, Column], types: Mapping[str, str], jsons: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a whole COPY stream in pieces: numbers in their order, then one JSON text.

    `types` are PostgreSQL's names of the numbers' types. Raises `OverflowError` for a number its type cannot hold.
    """
    yield HEADER
    fixed = _laid_out(numbers, types, len(numbers) + 1)
    width, raw, texts = fixed.itemsize, fixed.tobytes(), iter(jsons)
    for first in range(0, len(raw), width * ROWS_AT_ONCE):
        piece: list[bytes] = []
        last = min(first + width * ROWS_AT_ONCE, len(raw))
        for at, text in zip(range(first, last, width), texts):  # noqa: B905 (a piece takes its share of the texts)
            # jsonb begins with the version of its format.
            piece += raw[at : at + width], (len(text) + 1).to_bytes(4, "big"), b"\x01", text
        yield b"".join(piece)
    yield TRAILER


def _laid_out(numbers: Mapping[str, Column], types: Mapping[str, str], fields: int) -> np.ndarray:
    layout = [("fields", ">i2")]
    for name in numbers:
        layout += [(f"{name}#", ">i4"), (name, LAYOUT[types[name]])]
    rows = np.empty(len(next(iter(numbers.values()))), dtype=layout)
    rows["fields"] = fields
    for name, values in numbers.items():
        kind = rows.dtype[name]
        if len(values) and kind.itemsize < 8:
            limits = np.iinfo(kind)
            if int(values.min()) < limits.min or int(values.max()) > limits.max:
                raise OverflowError(f"{name} does not fit its column")
        rows[f"{name}#"] = kind.itemsize
        rows[name] = values
    return rows
