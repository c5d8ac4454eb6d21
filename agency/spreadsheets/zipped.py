"""The zip container of .xlsx: what it really holds, found without trusting what it says of itself."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

from agency.reasons import _, reason

from .limits import MEGABYTE, Limits
from .refusals import Refused, macros, not_a_table, truncated

CHUNK = MEGABYTE
_LOCAL_HEADER = 30


def check_container(file: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """Return the open archive of a macro-free .xlsx; raise Refused for anything else in a zip."""
    try:
        archive = zipfile.ZipFile(file)
        infos = archive.infolist()
    # `zipfile` raises NotImplementedError for a foreign file that names a compression method it does not know.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        raise truncated() from None
    if len(infos) > limits.zip_entries:
        raise _bomb()
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if unpacked > limits.unpacked_bytes or unpacked > max(packed, 1) * limits.unpack_ratio + MEGABYTE:
        raise _bomb()
    _check_kind({info.filename for info in infos})
    _measure(archive, limits)
    return archive


def inflate(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield the content of an entry in pieces of at most a megabyte.

    Raises Refused when it unpacks to another size than the directory says: `zipfile` stops at the stated
    size, the reader behind us does not, and a bomb lives in that difference.
    """
    info = archive.getinfo(name)
    if info.flag_bits & 0x1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise truncated()
    file = archive.fp
    assert file is not None
    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise truncated()
    file.seek(sum(struct.unpack("<HH", header[26:30])), 1)
    produced = 0
    for piece in _unpack(file, info):
        produced += len(piece)
        if produced > info.file_size:
            raise _bomb()
        yield piece
    if produced != info.file_size:
        raise truncated()


def _unpack(file: IO[bytes], info: zipfile.ZipInfo) -> Iterator[bytes]:
    position, left = file.tell(), info.compress_size
    inflater = zlib.decompressobj(-15)
    while left > 0:
        # Other entries may be read in between: the file is shared, the position is ours.
        file.seek(position)
        packed = file.read(min(CHUNK // 8, left))
        if not packed:
            raise truncated()
        position, left = position + len(packed), left - len(packed)
        if info.compress_type == zipfile.ZIP_STORED:
            yield packed
            continue
        try:
            while packed:
                yield inflater.decompress(packed, CHUNK)
                packed = inflater.unconsumed_tail
        except zlib.error:
            raise truncated() from None
    if info.compress_type == zipfile.ZIP_DEFLATED:
        yield inflater.flush()


def _check_kind(names: set[str]) -> None:
    if any(name.lower().endswith(("vbaproject.bin", "vbaprojectsignature.bin")) for name in names) or any(
        name.startswith(("xl/macrosheets/", "xl/dialogsheets/")) for name in names
    ):
        raise macros()
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise Refused(reason(_("This is a binary workbook (.xlsb). Save it as .xlsx and upload that one.")))
    if "word/document.xml" in names:
        raise not_a_table(reason(_("a Word document")))
    if "ppt/presentation.xml" in names:
        raise not_a_table(reason(_("a presentation")))
    if "mimetype" in names:
        raise not_a_table(reason(_("an OpenDocument file")))
    raise Refused(reason(_("This is a zip archive. Unpack it and upload the workbook inside.")))


def _measure(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Unpack once what the reader will load whole; sheets are measured when they are read."""
    for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"):
        if name not in archive.NameToInfo:
            continue
        head = b""
        for piece in inflate(archive, name):
            head = head or piece[:1000]
            if name == "[Content_Types].xml" and b"macroEnabled" in piece:
                raise macros()
        if b"<!DOCTYPE" in head:
            raise truncated()


def _bomb() -> Refused:
    return Refused(reason(_("The file unpacks to far more than a table needs. Copy the table into a new workbook.")))
