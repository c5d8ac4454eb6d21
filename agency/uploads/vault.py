"""Keep uploaded files encrypted and apart by agency, and give them back as unnamed temporary files.

A file is sealed in chunks with the keys of `agency.privacy.crypto`. Each chunk is bound to its file, its place
and to whether it is the last, so that nothing can be cut off, reordered or moved to another file unnoticed.
"""

from __future__ import annotations

import os
import struct
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from django.conf import settings

from agency.privacy.crypto import DecryptionError, key_ring
from agency.tenancy.context import current_agency_id

MAGIC = b"ZDV1"
CHUNK = 1024 * 1024
NONCE = 12
_LENGTH = struct.Struct("<I?")


def put(file: BinaryIO) -> str:
    """Seal a file for the active agency; return the name to get it back by."""
    name = f"{current_agency_id()}/{uuid.uuid4().hex}"
    path = _path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    file.seek(0)
    with os.fdopen(handle, "wb") as target:
        _seal(file, target)
    return name


def get(name: str) -> BinaryIO:
    """Return the file, decrypted, as a temporary file without a name.

    Raises `FileNotFoundError` when it was deleted, `DecryptionError` when it was tampered with.
    """
    plain: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    try:
        with _path(name).open("rb") as sealed:
            for chunk in _open(sealed):
                plain.write(chunk)
    except BaseException:
        plain.close()
        raise
    plain.seek(0)
    return plain


def delete(name: str) -> None:
    """Delete a file; one that is gone already is no error."""
    if name:
        _path(name).unlink(missing_ok=True)


def names() -> Iterator[str]:
    """Yield the names of the active agency's files."""
    folder = _root() / str(current_agency_id())
    if folder.is_dir():
        yield from (f"{folder.name}/{path.name}" for path in folder.iterdir())


def age_of(name: str) -> float:
    """Return when the file was written, in seconds of the epoch; 0 when it is gone."""
    try:
        return _path(name).stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "uploads"


def _path(name: str) -> Path:
    folder, _slash, file = name.partition("/")
    if folder != str(current_agency_id()) or not file.isalnum():
        raise FileNotFoundError(name)
    return _root() / folder / file


def _seal(plain: BinaryIO, target: BinaryIO) -> None:
    ring = key_ring()
    key_id, file_id = ring.current.encode(), os.urandom(16)
    target.write(MAGIC + bytes([len(key_id)]) + key_id + file_id)
    cipher = ring.cipher(ring.current)
    chunk, place = plain.read(CHUNK), 0
    while True:
        following = plain.read(CHUNK)
        nonce = os.urandom(NONCE)
        sealed = cipher.encrypt(nonce, chunk, _binding(file_id, place, not following))
        target.write(_LENGTH.pack(len(sealed), not following) + nonce + sealed)
        if not following:
            return
        chunk, place = following, place + 1


def _open(sealed: BinaryIO) -> Iterator[bytes]:
    head = sealed.read(len(MAGIC) + 1)
    if head[: len(MAGIC)] != MAGIC:
        raise DecryptionError("This is no file of the vault.")
    cipher = key_ring().cipher(sealed.read(head[-1]).decode())
    file_id = sealed.read(16)
    place, last = 0, False
    while not last:
        try:
            length, last = _LENGTH.unpack(sealed.read(_LENGTH.size))
            nonce, body = sealed.read(NONCE), sealed.read(length)
            yield cipher.decrypt(nonce, body, _binding(file_id, place, last))
        except (InvalidTag, struct.error, ValueError) as error:
            raise DecryptionError("A file of the vault is damaged or was cut off.") from error
        place += 1


def _binding(file_id: bytes, place: int, last: bool) -> bytes:
    return b"upload" + file_id + struct.pack("<Q?", place, last)
