"""Find out what an uploaded file really is, and refuse what cannot be a table, before anything parses it."""

from __future__ import annotations

import hashlib
import os
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

from agency.reasons import Reason, _, reason

from . import ole
from .limits import DEFAULT_LIMITS, MEGABYTE, Limits
from .refusals import Refused, not_a_table
from .texts import Encoding, detect_encoding
from .zipped import check_container

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# What else arrives under the name of a workbook.
_STRANGERS: tuple[tuple[bytes, Reason], ...] = (
    (b"%PDF", reason(_("a PDF"))),
    (b"\x89PNG", reason(_("a picture"))),
    (b"\xff\xd8\xff", reason(_("a picture"))),
    (b"GIF8", reason(_("a picture"))),
    (b"BM", reason(_("a picture"))),
    (b"RIFF", reason(_("a picture"))),
    (b"II*\x00", reason(_("a picture"))),
    (b"{\\rtf", reason(_("a text document"))),
    (b"Rar!", reason(_("an archive"))),
    (b"7z\xbc\xaf", reason(_("an archive"))),
    (b"\x1f\x8b", reason(_("an archive"))),
    (b"MZ", reason(_("a program"))),
)


@dataclass(slots=True)
class OpenedFile:
    """A file that passed the door; `digest` is of the bytes as uploaded, so a repeated file is known."""

    kind: Literal["xlsx", "xls", "csv"]
    file: BinaryIO
    filename: str
    digest: str
    size: int
    limits: Limits = field(default=DEFAULT_LIMITS, repr=False)
    encoding: Encoding | None = None
    archive: zipfile.ZipFile | None = field(default=None, repr=False)


def open_upload(
    source: Path | BinaryIO,
    filename: str = "",
    *,
    password: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> OpenedFile:
    """Open an upload by its content, whatever its name says.

    `source` is a path or a seekable binary file, which stays open and is read again later. The password is
    used here and kept nowhere. Raises PasswordNeeded, PasswordWrong or Refused, each with its sentence.
    """
    file: BinaryIO = source.open("rb") if isinstance(source, Path) else source
    filename = filename or os.path.basename(str(getattr(file, "name", "")))
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        raise Refused(reason(_("The file is empty. Save it once more and upload it again.")))
    if size > limits.file_bytes:
        raise Refused(
            reason(
                _("The file has %(size)d MB; up to %(limit)d MB can be read. Split it into several files."),
                size=-(-size // MEGABYTE),
                limit=limits.file_bytes // MEGABYTE,
            )
        )
    digest = digest_of(file)
    file.seek(0)
    head = file.read(4096)
    if head.startswith(OLE_MAGIC):
        kind, plain = ole.unlock(file, password, limits)
        if kind == "xls":
            return OpenedFile("xls", plain, filename, digest, size, limits)
        return OpenedFile("xlsx", plain, filename, digest, size, limits, archive=check_container(plain, limits))
    if head.startswith(b"PK"):
        return OpenedFile("xlsx", file, filename, digest, size, limits, archive=check_container(file, limits))
    _refuse_strangers(head)
    return OpenedFile("csv", file, filename, digest, size, limits, encoding=detect_encoding(file))


def digest_of(file: BinaryIO) -> str:
    """Return the SHA-256 of a file, by which a repeated one is known."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _refuse_strangers(head: bytes) -> None:
    for magic, what in _STRANGERS:
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in head):
            raise not_a_table(what)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style")):
        raise not_a_table(reason(_("a web page under the name of a workbook")))
    if text.startswith(b"<?xml") or b"urn:schemas-microsoft-com:office" in text:
        raise not_a_table(reason(_("an XML file")))
    if text.startswith(b"mime-version"):
        raise not_a_table(reason(_("a web archive")))
