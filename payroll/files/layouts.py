"""Layouts of files as data: which columns, in which form, with what above and below them.

A layout is read from JSON (`data/layouts.json`, or an agency's own row) into these frozen tables. Fields:
`kind` xlsx, csv or fixed; `encoding`, `newline`, `separator` for text; `sheet` for workbooks; `before`/`after` lines
of cells around the data; `header` false leaves the header row out; `file_name` and texts are templates over the
summary (`{count}`, `{month}` …). A column takes a `field` of the row or a constant `text`; `width` is characters of a
workbook's column and **bytes** of a fixed line, filled up with `pad`. `max_rows` is how many rows the receiver takes in
one file, 0 for any number.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

Style = Literal["text", "money", "fen", "integer", "percent"]
STYLES = ("text", "money", "fen", "integer", "percent")
KINDS = ("xlsx", "csv", "fixed")
PADS = (" ", "0")
ALIGNS = ("left", "right")
ENCODINGS = ("utf-8-sig", "utf-8", "gbk", "gb18030")
_HOLE = re.compile(r"\{(\w+)\}")
_UNFIT_FOR_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class LayoutError(ValueError):
    """A layout that cannot be right; `str()` says where and what."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a `field` of the row or a constant `text`."""

    header: str
    field: str = ""
    text: str = ""
    style: Style = "text"
    width: int = 14
    align: Literal["left", "right"] = "left"
    pad: str = " "


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell above or below the data: a template, or a field of the summary with a style."""

    text: str = ""
    field: str = ""
    style: Style = "text"


Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How one file is written."""

    kind: str
    columns: tuple[Column, ...]
    sheet: str = "Sheet1"
    encoding: str = "utf-8-sig"
    newline: str = "\r\n"
    separator: str = ","
    header: bool = True
    header_prefix: str = ""
    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()
    file_name: str = "{month}"
    max_rows: int = 0

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(column.field for column in self.columns)


def read_layout(spec: Mapping[str, Any]) -> Layout:
    """Read a layout from its JSON. Raises `LayoutError` for what cannot be written or would lose something."""
    given = {name: spec[name] for name in Layout.__slots__ if name in spec}
    try:
        given["columns"] = tuple(Column(**column) for column in spec["columns"])
        given["before"] = tuple(_line(line) for line in spec.get("before", ()))
        given["after"] = tuple(_line(line) for line in spec.get("after", ()))
        layout = Layout(**given)
    except (KeyError, TypeError) as wrong:
        raise LayoutError(_("A part of this layout is not known: %s") % wrong) from None
    _check(layout)
    return layout


def filled(template: str, summary: Mapping[str, Any]) -> str:
    """Fill the holes of a template; raises `LayoutError` for a hole the summary does not know."""

    def value(hole: re.Match[str]) -> str:
        if hole[1] not in summary:
            raise LayoutError(_("{%s} is not known") % hole[1])
        return str(summary[hole[1]])

    return _HOLE.sub(value, template)


def file_name(layout: Layout, summary: Mapping[str, Any]) -> str:
    """Return the name of a file, without what no file system takes."""
    return _UNFIT_FOR_NAMES.sub("_", filled(layout.file_name, summary))[:120]


def _line(cells: Iterable[Any]) -> Line:
    return tuple(Cell(text=cell) if isinstance(cell, str) else Cell(**cell) for cell in cells)


def _check(layout: Layout) -> None:
    if layout.kind not in KINDS:
        raise LayoutError(_("A file is xlsx, csv or fixed, not “%s”.") % layout.kind)
    if layout.encoding not in ENCODINGS:
        raise LayoutError(
            _("“%(name)s” is no encoding banks take: %(known)s.")
            % {"name": layout.encoding, "known": ", ".join(ENCODINGS)}
        )
    if not layout.columns:
        raise LayoutError(_("A layout needs columns: there are none."))
    parts: list[Column | Cell] = [*layout.columns]
    parts += [cell for line in (*layout.before, *layout.after) for cell in line]
    for part in parts:
        if part.style not in STYLES:
            raise LayoutError(
                _("“%(style)s” is no way to write a value: %(known)s.")
                % {"style": part.style, "known": ", ".join(STYLES)}
            )
    for column in layout.columns:
        if column.field and column.text:
            raise LayoutError(_("“%s”: a column has a field or a fixed text, not both.") % column.header)
        if layout.kind == "fixed" and column.width < 1:
            raise LayoutError(_("“%s”: a column of fixed width needs its bytes.") % column.header)
        if column.pad not in PADS or column.align not in ALIGNS:
            raise LayoutError(_("“%s” is padded with spaces or zeros, left or right.") % column.header)
