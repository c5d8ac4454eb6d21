"""Read back what a PDF written by reportlab shows: every text with its place, from the content streams themselves."""

import base64
import re
import zlib
from typing import NamedTuple

_STREAM = re.compile(rb"<<[^>]*?/Length \d+[^>]*>>\s*stream\r?\n(.*?)endstream", re.S)
_FONT = re.compile(rb"/BaseFont /([\w-]+)[^>]*?/Name /(F\d+)", re.S)
_SHOW = re.compile(rb"/(F\d+)[\d+]* [\d.]+ Tf|1 0 0 1 ([\d.-]+) ([\d.-]+) Tm|\(((?:\\.|[^\\()])*)\) Tj", re.S)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Text(NamedTuple):
    """A text and where it begins on its page, in points from the lower left."""

    page: int
    x: float
    y: float
    text: str


def texts_of(pdf: bytes) -> list[Text]:
    """Return every text of every page; Chinese is written by the UniGB-UCS2 map, which is plain UTF-16."""
    latin = {name for face, name in _FONT.findall(pdf) if face.startswith(b"Helvetica")}
    found = []
    for page, body in enumerate(_STREAM.findall(pdf), 1):
        font, x, y = b"", 0.0, 0.0
        for face, left, up, shown in _SHOW.findall(_unpacked(body)):
            if face:
                font = face
            elif left:
                x, y = float(left), float(up)
            else:
                raw = _ESCAPE.sub(_unescaped, shown)
                found.append(Text(page, x, y, raw.decode("latin-1" if font in latin else "utf-16-be")))
    return found


def lines_of(pdf: bytes, page: int | None = None) -> list[list[str]]:
    """Return the texts of a page (or all) as lines from top to bottom, each from left to right."""
    lines: dict[tuple[int, float], list[Text]] = {}
    for text in texts_of(pdf):
        if page in (None, text.page):
            lines.setdefault((text.page, -text.y), []).append(text)
    return [[text.text for text in sorted(lines[key], key=lambda text: text.x)] for key in sorted(lines)]


def _unpacked(body: bytes) -> bytes:
    return zlib.decompress(base64.a85decode(body.strip().removesuffix(b"~>")))


def _unescaped(found: re.Match[bytes]) -> bytes:
    body = found[1]
    return bytes([int(body, 8) & 255]) if body.isdigit() else _PLAIN.get(body, body)
