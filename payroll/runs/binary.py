"""Rows in the binary format of PostgreSQL's COPY: numbers of all rows are laid out by numpy, texts are appended.

https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

import numpy as np

from agency.money import Column

HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TRAILER = b"\xff\xff"
ROWS_AT_ONCE = 2000
# How a column's type is laid out.
LAYOUT = {"bigint": ">i8", "integer": ">i4", "smallint": ">i2"}
_SHORT = [length.to_bytes(4, "big") for length in range(1024)]


def binary_rows(
    numbers: Mapping[str, Column],
    types: Mapping[str, str],
    texts: Sequence[Iterable[bytes]],
    jsons: Sequence[Iterable[bytes]],
) -> Iterator[bytes]:
    """Yield a whole COPY stream in pieces: numbers in their order, then texts, then JSON texts.

    `types` are PostgreSQL's names of the numbers' types. Raises `OverflowError` for a number its type cannot hold.
    """
    yield HEADER
    fixed = _laid_out(numbers, types, len(numbers) + len(texts) + len(jsons))
    width, raw = fixed.itemsize, fixed.tobytes()
    heads = (raw[at : at + width] for at in range(0, len(raw), width))
    tails = [*(map(_text, column) for column in texts), *(map(_json, column) for column in jsons)]
    rows = zip(heads, *tails, strict=True)
    while piece := list(islice(rows, ROWS_AT_ONCE)):
        yield b"".join(chain.from_iterable(piece))
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


def _text(value: bytes) -> bytes:
    return (_SHORT[len(value)] if len(value) < 1024 else len(value).to_bytes(4, "big")) + value


def _json(value: bytes) -> bytes:
    # jsonb begins with the version of its format.
    return (len(value) + 1).to_bytes(4, "big") + b"\x01" + value
