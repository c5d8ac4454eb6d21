"""Find the row of headers below titles and notes, and the words of each header."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .cells import Row, column_letter, shown
from .columns import Table
from .reading import is_blank

LOOK_DOWN = 30
_BRACKETS = re.compile(r"[(\[{【<《〔].*?[)\]}】>》〕]")
_NOISE = re.compile(r"[\s*＊:：·_\-—/、,，。.★#\"“”']+")


@dataclass(frozen=True, slots=True)
class Header:
    """One header of the file: its column counted from 0, its text, and the group above it, if any."""

    index: int
    text: str
    group: str = ""

    @property
    def letter(self) -> str:
        return column_letter(self.index)

    def spellings(self) -> tuple[str, ...]:
        """Return the ways to read it, most exact first."""
        alone = (normalised(self.text), without_brackets(self.text))
        if not self.group:
            return alone
        return (normalised(self.group + self.text), normalised(self.text + self.group), *alone)


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """The headers and the row number (as the sheet shows it) of their last line."""

    row: int
    headers: tuple[Header, ...]


def normalised(text: str) -> str:
    """Return a header for comparison: half-width, lower case, no spaces, stars, colons or brackets' signs."""
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[()\[\]{}【】<>《》〔〕]", "", _NOISE.sub("", text))


def without_brackets(text: str) -> str:
    """Return a header for comparison without what stands in brackets: 社保基数（元） is 社保基数."""
    return normalised(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))


def known_words(table: Table) -> dict[str, str]:
    """Return the field for every known spelling of a header."""
    words: dict[str, str] = {}
    for column in table.columns:
        for text in (column.header, *column.synonyms, column.field):
            words.setdefault(normalised(text), column.field)
    return words


def find_headers(rows: Iterable[tuple[int, Row]], table: Table) -> HeaderRow | None:
    """Return the header row among the first rows: the one that names most columns of the table.

    Headers on two lines, a group above its columns, are taken together. When no row names any column the
    first row of at least two texts is taken, for the person to map by hand. None: nothing looks like it.
    Rows known to be titles are passed over, unless only they hold headers.
    """
    seen = [(number, row) for number, row in _first(rows) if not is_blank(row)]
    top = [(number, row) for number, row in seen if number > table.titles]
    words = known_words(table)
    return _best(top, words) or _best(seen, words) or _unknown(top)


def _best(top: list[tuple[int, Row]], words: dict[str, str]) -> HeaderRow | None:
    best: HeaderRow | None = None
    best_score = 0
    candidates = [_single(number, row) for number, row in top]
    candidates += [_double(upper, lower) for (_number, upper), lower in pairwise(top)]
    for candidate in candidates:
        score = _score(candidate, words)
        if score > best_score:
            best, best_score = candidate, score
    return best


def _unknown(top: list[tuple[int, Row]]) -> HeaderRow | None:
    for number, row in top:
        candidate = _single(number, row)
        texts = sum(isinstance(cell, str) and bool(cell.strip()) for cell in row)
        if texts >= 2 and len(candidate.headers) == texts:
            return candidate
    return None


def _first(rows: Iterable[tuple[int, Row]]) -> Iterable[tuple[int, Row]]:
    for count, item in enumerate(rows):
        if count >= LOOK_DOWN:
            return
        yield item


def _single(number: int, row: Row) -> HeaderRow:
    headers = (Header(index, shown(cell).strip()) for index, cell in enumerate(row))
    return HeaderRow(number, tuple(header for header in headers if header.text))


def _double(upper: Row, below: tuple[int, Row]) -> HeaderRow:
    number, lower = below
    headers = []
    group = ""
    for index in range(max(len(upper), len(lower))):
        above = shown(upper[index]).strip() if index < len(upper) else ""
        text = shown(lower[index]).strip() if index < len(lower) else ""
        group = above or group
        if text and text != above:
            headers.append(Header(index, text, group))
        elif above:
            headers.append(Header(index, above))
    return HeaderRow(number, tuple(headers))


def _score(candidate: HeaderRow, words: dict[str, str]) -> int:
    return len({words[s] for header in candidate.headers for s in header.spellings() if s in words})
