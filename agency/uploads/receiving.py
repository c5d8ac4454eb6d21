"""Take a file in: looked at, sealed, and sent to be checked."""

from __future__ import annotations

import os
from typing import Any, BinaryIO

from agency.spreadsheets.opening import digest_of, open_upload
from agency.spreadsheets.refusals import PasswordNeeded
from agency.staff.models import StaffMember

from . import vault
from .kinds import UploadKind
from .models import State, Upload
from .opening import open_stored
from .storing import drop


def receive(kind: UploadKind, file: BinaryIO, filename: str, by: StaffMember, context: dict[str, Any]) -> Upload:
    """Store an uploaded file; it waits for its password when it has one. Raises `Refused` for what is no table."""
    upload = Upload(kind=kind.name, filename=filename[-200:], uploaded_by=by, context=context)
    try:
        open_upload(file, filename)
    except PasswordNeeded:
        upload.state = State.PASSWORD
    upload.digest, upload.size = digest_of(file), file.seek(0, os.SEEK_END)
    upload.source = vault.put(file)
    upload.save()
    return upload


def unlock(upload: Upload, password: str) -> None:
    """Open an encrypted file; only its decrypted content is kept, sealed, and the password nowhere.

    Raises `PasswordWrong`, or `Refused` for what was behind the lock.
    """
    opened = open_stored(upload, password)
    locked, upload.source = upload.source, vault.put(opened.file)
    if Upload.objects.filter(pk=upload.pk, state=State.PASSWORD).update(source=upload.source, state=State.RECEIVED):
        upload.state = State.RECEIVED
        drop(locked)
    else:
        vault.delete(upload.source)


def imported_before(upload: Upload) -> Upload | None:
    """Return an earlier import of the very same file for the same purpose."""
    same = Upload.objects.filter(kind=upload.kind, digest=upload.digest, context=upload.context, state=State.COMMITTED)
    return same.exclude(pk=upload.pk).order_by("-committed_at").first()
