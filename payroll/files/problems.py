"""What would be lost or refused in a file, found before it is written and told by the person's name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from agency.reasons import Reason, _, reason

from .layouts import Column, Layout
from .specs import knows
from .writing import as_text

ACCOUNT = re.compile(r"[0-9]{8,32}")
_IN_THE_WAY = re.compile(r"[\r\n\t\x00-\x1f]")


def find(layout: Layout, rows: Iterable[Sequence[Any]], name_field: str) -> Iterator[Reason]:
    """Yield what a layout cannot carry: characters its encoding lacks, texts wider than their column, line breaks.

    `name_field` is the layout's field that holds the person's name; rows are in the order of the columns.
    """
    name_at = layout.fields.index(name_field)
    texts = [(index, column) for index, column in enumerate(layout.columns) if column.field]
    for row in rows:
        for index, column in texts:
            found = _in_cell(layout, column, as_text(row[index], column.style), str(row[name_at]))
            if found is not None:
                yield found


def _in_cell(layout: Layout, column: Column, text: str, name: str) -> Reason | None:
    where = {"name": name, "column": column.header}
    if _IN_THE_WAY.search(text):
        return reason(_("%(name)s: there is a line break in “%(column)s”. Take it out."), **where)
    if layout.kind == "xlsx" or (text.isascii() and layout.kind == "csv"):
        return None
    lacking = "".join(dict.fromkeys(sign for sign in text if not knows(layout.encoding, sign)))
    if lacking:
        words = _(
            "%(name)s: “%(signs)s” in “%(column)s” does not exist in %(encoding)s. Use a layout in another encoding."
        )
        return reason(words, signs=lacking, encoding=layout.encoding.upper(), **where)
    if layout.kind == "fixed" and len(text.encode(layout.encoding)) > column.width:
        words = _("%(name)s: “%(column)s” takes %(width)d bytes, “%(text)s” is longer. Shorten it.")
        return reason(words, width=column.width, text=text, **where)
    return None
