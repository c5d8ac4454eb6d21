"""Text tables: which encoding, which separator."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, Literal

from agency.reasons import _, reason

from .limits import MEGABYTE
from .refusals import Refused, not_a_table

Encoding = Literal["utf-8-sig", "utf-16", "gb18030"]

_CONTROLS = frozenset(chr(code) for code in range(32)) - set("\t\r\n\f\x1a")


def detect_encoding(file: BinaryIO) -> Encoding:
    """Return the encoding that reads the whole file without a doubt; raise Refused when none does."""
    file.seek(0)
    start = file.read(2)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        candidates: tuple[Encoding, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "gb18030")
    for encoding in candidates:
        if _reads(file, encoding):
            return encoding
    raise Refused(reason(_("The characters of this text cannot be read. Save it as “CSV UTF-8” and upload it again.")))


def read_text_rows(file: BinaryIO, encoding: Encoding) -> Iterator[list[str]]:
    """Yield the rows of a text table, separated by commas, tabs or semicolons."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")  # type: ignore[type-var]
    try:
        head = text.read(20_000)
        text.seek(0)
        yield from csv.reader(text, delimiter=_separator(head))
    except csv.Error:
        raise Refused(
            reason(_("A quotation mark in this text is never closed. Save it as .xlsx and upload that one."))
        ) from None
    finally:
        # The text layer would close the upload with itself.
        text.detach()


def _separator(head: str) -> str:
    lines = [line for line in head.splitlines()[:20] if line.strip()]
    return max(",\t;", key=lambda mark: sum(line.count(mark) for line in lines))


def _reads(file: BinaryIO, encoding: Encoding) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    while piece := file.read(MEGABYTE):
        try:
            text = decoder.decode(piece)
        except UnicodeDecodeError:
            return False
        if not _CONTROLS.isdisjoint(text):
            raise not_a_table(reason(_("another kind of file")))
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
