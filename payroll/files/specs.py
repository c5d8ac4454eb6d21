"""Check a layout before it is used: what it could not write, or would write wrongly, is said in a sentence."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from .fields import FIELDS, MONEY, NEEDED, SUMMARY
from .layouts import Cell, Column, Layout, LayoutError, read_layout

# The least a fixed column must hold, in bytes: an account of 19 digits, a name of four signs, 99,999,999.99.
LEAST_BYTES = {"account": 19, "holder": 8, "name": 8, "amount_fen": 11, "document_number": 18, "serial": 4}
_HOLE = re.compile(r"\{(\w+)\}")


def checked(purpose: str, spec: dict[str, Any]) -> Layout:
    """Read a layout for a purpose. Raises `LayoutError` with the first thing that is wrong."""
    layout = read_layout(spec)
    for fault in faults(purpose, layout):
        raise LayoutError(fault)
    return layout


def faults(purpose: str, layout: Layout) -> Iterator[str]:
    """Yield what is wrong with a layout that can be read."""
    yield from _fields(purpose, layout)
    for column in layout.columns:
        yield from _column(layout, column)
    for template in _templates(layout):
        for hole in _HOLE.findall(template):
            if hole not in SUMMARY[purpose]:
                known = "、".join(f"{{{name}}}" for name in sorted(SUMMARY[purpose]))
                yield _("“{%(hole)s}” is not known above or below the data. Known are %(known)s.") % {
                    "hole": hole, "known": known,
                }  # fmt: skip
    if layout.max_rows < 0:
        yield _("A file cannot hold fewer than no rows: 0 means any number.")
    if layout.kind == "csv" and len(layout.separator) != 1:
        yield _("The separator is one sign, such as a comma or |.")


def _fields(purpose: str, layout: Layout) -> Iterator[str]:
    for name in sorted({field for field in layout.fields if field} - FIELDS[purpose]):
        yield _("“%(field)s” is not known for this file. Known are %(known)s.") % {
            "field": name, "known": ", ".join(sorted(FIELDS[purpose])),
        }  # fmt: skip
    for name in NEEDED.get(purpose, ()):
        if name not in layout.fields:
            yield _("A column for “%(field)s” is missing: without it the file says nothing.") % {"field": name}


def _column(layout: Layout, column: Column) -> Iterator[str]:
    where = {"column": column.header or column.field}
    if column.field in MONEY and column.style not in ("money", "fen"):
        yield _("“%(column)s” is money: write it in yuan or in fen.") % where
    if column.style in ("money", "fen") and column.field and not column.field.endswith("_fen"):
        yield _("“%(column)s” is no amount of money: write it as text or a whole number.") % where
    if layout.kind == "xlsx":
        return
    if lacking := _lacking(column.header + column.text, layout.encoding):
        values = where | {"signs": lacking, "encoding": layout.encoding.upper()}
        yield _("“%(signs)s” of “%(column)s” does not exist in %(encoding)s.") % values
    least = LEAST_BYTES.get(column.field, 0)
    if layout.kind == "fixed" and column.width < least:
        yield _("“%(column)s” has %(width)d bytes; %(least)d are the least that holds it.") % {
            **where, "width": column.width, "least": least,
        }  # fmt: skip
    if layout.kind == "fixed" and len(column.text.encode(layout.encoding, "replace")) > column.width:
        yield _("“%(column)s” has %(width)d bytes; its fixed text is longer.") % {**where, "width": column.width}


def _lacking(text: str, encoding: str) -> str:
    return "".join(sign for sign in dict.fromkeys(text) if not knows(encoding, sign))


def knows(encoding: str, sign: str) -> bool:
    """Tell whether an encoding has a sign."""
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _templates(layout: Layout) -> Iterator[str]:
    yield layout.file_name
    for line in (*layout.before, *layout.after):
        yield from (_template(cell) for cell in line)


def _template(cell: Cell) -> str:
    return f"{{{cell.field}}}" if cell.field else cell.text
