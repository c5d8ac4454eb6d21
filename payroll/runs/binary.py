"""Rows in the binary format of PostgreSQL's COPY: what is alike in all rows is laid out by numpy, texts are appended.

https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS
"""

from collections.abc import Iterator, Mapping

import numpy as np

from agency.money import Column
from payroll.payslips.figure_texts import FigureTexts

HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TRAILER = b"\xff\xff"
ROWS_AT_ONCE = 2000
# How a column's type is laid out.
LAYOUT = {"bigint": ">i8", "integer": ">i4", "smallint": ">i2"}
# jsonb begins with the version of its format.
JSON_VERSION = 1


def binary_rows(numbers: Mapping[str, Column], types: Mapping[str, str], texts: FigureTexts) -> Iterator[bytes]:
    """Yield a whole COPY stream in pieces: numbers in their order, then one JSON text.

    `types` are PostgreSQL's names of the numbers' types. Raises `OverflowError` for a number its type cannot hold.
    """
    for name, values in numbers.items():
        _must_fit(name, values, np.dtype(LAYOUT[types[name]]))
    layout = [("fields", ">i2")]
    for name in numbers:
        layout += [(f"{name}#", ">i4"), (name, LAYOUT[types[name]])]
    layout += [("text#", ">i4"), ("version", ">i1"), ("head", f"V{len(texts.head)}")]
    yield HEADER
    for first in range(0, len(texts), ROWS_AT_ONCE):
        piece = slice(first, first + ROWS_AT_ONCE)
        rows = np.empty(len(texts.lengths[piece]), dtype=layout)
        rows["fields"] = len(numbers) + 1
        for name, values in numbers.items():
            rows[f"{name}#"] = rows.dtype[name].itemsize
            rows[name] = values[piece]
        rows["text#"], rows["version"] = texts.lengths[piece] + 1, JSON_VERSION
        rows["head"] = np.void(texts.head)
        yield texts.after(rows.view(f"V{rows.itemsize}").tolist(), first)
    yield TRAILER


def _must_fit(name: str, values: Column, kind: np.dtype) -> None:
    if len(values) and kind.itemsize < 8:
        limits = np.iinfo(kind)
        if int(values.min()) < limits.min or int(values.max()) > limits.max:
            raise OverflowError(f"{name} does not fit its column")
