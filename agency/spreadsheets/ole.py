"""The older container: .xls workbooks, and encrypted workbooks of either kind."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

import msoffcrypto
import olefile
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

from agency.reasons import _, reason

from .limits import Limits
from .refusals import PasswordNeeded, PasswordWrong, Refused, macros, not_a_table, truncated

FILEPASS, BOUNDSHEET, BOOLERR, FORMULA = 0x002F, 0x0085, 0x0205, 0x0006
# The records of one cell or a run of cells: row and first column stand at their beginning.
CELLS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})


def unlock(file: BinaryIO, password: str | None, limits: Limits) -> tuple[str, BinaryIO]:
    """Return ("xls" or "zip", readable file), decrypted when a password was needed.

    Decrypted content stays in memory; that of an .xls passes through an unnamed temporary file. Raises
    PasswordNeeded, PasswordWrong or Refused.
    """
    try:
        file.seek(0)
        container = olefile.OleFileIO(file)
        streams = {"/".join(path) for path in container.listdir(storages=True)}
    except (OSError, ValueError, IndexError, struct.error, olefile.olefile.OleFileError):
        raise truncated() from None
    if "EncryptedPackage" in streams:
        return "zip", _decrypt(file, password, limits)
    if "Workbook" not in streams and "Book" not in streams:
        what = _("a Word document") if "WordDocument" in streams else _("another kind of file")
        raise not_a_table(reason(what))
    if any(path.startswith("_VBA_PROJECT_CUR") or path == "Macros" for path in streams):
        raise macros()
    workbook = "Workbook" if "Workbook" in streams else "Book"
    for number, data in records(container.openstream(workbook).read()):
        if number == FILEPASS:
            return "xls", _decrypt(file, password, limits)
        if number == BOUNDSHEET and len(data) > 5 and data[5] in (0x01, 0x06):
            raise macros()
    return "xls", file


def records(stream: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield (number, data) of each record of a workbook stream."""
    end = len(stream)
    while start + 4 <= end:
        number, length = struct.unpack_from("<HH", stream, start)
        if start + 4 + length > end:
            raise truncated()
        yield number, stream[start + 4 : start + 4 + length]
        start += 4 + length


def workbook_stream(file: BinaryIO) -> bytes:
    file.seek(0)
    container = olefile.OleFileIO(file)
    return container.openstream("Workbook" if container.exists("Workbook") else "Book").read()


def _decrypt(file: BinaryIO, password: str | None, limits: Limits) -> BinaryIO:
    if not password:
        raise PasswordNeeded
    plain = io.BytesIO()
    try:
        file.seek(0)
        office = msoffcrypto.OfficeFile(file)
        # The file itself says how many rounds its key takes; a hostile one says billions.
        if getattr(office, "type", "") == "agile" and office.info["spinValue"] > limits.password_rounds:
            raise truncated()
        _load_key(office, password)
        office.decrypt(plain)
    except InvalidKeyError:
        raise PasswordWrong from None
    except (DecryptionError, FileFormatError):
        raise Refused(
            reason(_("This kind of encryption cannot be opened here. Save the file without a password."))
        ) from None
    except (OSError, ValueError, KeyError, IndexError, AssertionError, struct.error):
        raise truncated() from None
    plain.seek(0)
    return plain


def _load_key(office: Any, password: str) -> None:
    if office.format == "ooxml":
        office.load_key(password=password, verify_password=True)
    else:
        office.load_key(password=password)
