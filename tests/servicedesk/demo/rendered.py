"""What a rendered page says in figures: its tables, row by row, and its amounts in fen."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

AMOUNT = re.compile(r"([−+-]?)¥?(\d[\d,]*)\.(\d\d)(?!\d)")


def fen(text: str) -> int | None:
    """Read the first amount of a text, None when it has none."""
    found = AMOUNT.search(text)
    if found is None:
        return None
    sign, yuan, rest = found.groups()
    value = int(yuan.replace(",", "")) * 100 + int(rest)
    return -value if sign in ("−", "-") else value


def amounts(html: str) -> list[int]:
    """Read every amount of a piece of a page."""
    return [fen(found.group()) or 0 for found in AMOUNT.finditer(re.sub(r"<[^>]*>", " ", html))]


@dataclass
class Table:
    """A table: what heads its columns, its rows and its totals, all as text."""

    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    foot: list[list[str]] = field(default_factory=list)

    def column(self, name: str) -> list[int]:
        """Return a column's amounts; a cell without one counts as 0."""
        at = self.head.index(name)
        return [fen(row[at]) or 0 for row in self.rows]

    def total(self, name: str) -> int:
        """Return what stands below a column."""
        return fen(self.foot[0][self.head.index(name)]) or 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.part, self.row, self.cell, self.small = "tbody", [], None, 0

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append(Table())
            self.part = "tbody"
        elif tag in ("thead", "tbody", "tfoot"):
            self.part = tag
        elif tag == "tr":
            self.row = []
        elif tag in ("td", "th"):
            self.cell, self.span = "", int(dict(attrs).get("colspan", 1))
        elif tag == "small":
            self.small += 1

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.row += [self.cell.strip()] + [""] * (self.span - 1)
            self.cell = None
        elif tag == "tr" and self.tables and self.row:
            table = self.tables[-1]
            if self.part == "thead":
                table.head = self.row
            else:
                (table.rows if self.part == "tbody" else table.foot).append(self.row)
        elif tag == "small":
            self.small -= 1

    def handle_data(self, data):
        if self.cell is not None and not self.small:
            self.cell += data


def tables(html: str) -> list[Table]:
    """Read all tables of a page; notes in <small> are left out."""
    reader = _Reader()
    reader.feed(html)
    return reader.tables
