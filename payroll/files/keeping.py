"""Keep a file that was made: sealed in the vault with its digest, and given out only with an event."""

import tempfile
from collections.abc import Callable
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from agency.audit import record
from agency.spreadsheets.opening import digest_of
from agency.uploads import vault
from agency.uploads.storing import kept_elsewhere
from payroll.models import MadeFile
from payroll.refusals import Refused

NAME_LENGTH = 160


@kept_elsewhere
def names_of_made_files() -> set[str]:
    """Tell the sweep of uploads which files of the vault are ours."""
    return set(MadeFile.objects.values_list("stored", flat=True))


def keep(write: Callable[[BinaryIO], int], *, kind: str, name: str, by: Any, **about: Any) -> MadeFile:
    """Write a file with `write(target) -> rows` and keep it. Raises whatever `write` raises; then nothing is kept."""
    with tempfile.TemporaryFile() as plain, transaction.atomic():
        rows = write(plain)
        digest, size = digest_of(plain), plain.seek(0, 2)
        stored = vault.put(plain)
        try:
            made = MadeFile.objects.create(
                kind=kind, name=name[:NAME_LENGTH], stored=stored, digest=digest, size=size, rows=rows, made_by=by,
                **about,
            )  # fmt: skip
        except BaseException:
            vault.delete(stored)
            raise
        record("payroll.file.made", subject=made, actor=by, kind=kind, rows=rows, digest=digest)
    return made


def give_out(made: MadeFile, by: Any) -> BinaryIO:
    """Return a kept file for its download and write down who took it.

    Raises `Refused` when the vault has lost it or what it holds is not what was made.
    """
    try:
        plain = vault.get(made.stored)
    except FileNotFoundError:
        raise Refused(_("This file is no longer kept. Make it again.")) from None
    if digest_of(plain) != made.digest:
        plain.close()
        raise Refused(_("This file is not what was made: its digest differs. Tell the administrator."))
    plain.seek(0)
    record("payroll.file.taken", subject=made, actor=by, kind=made.kind, digest=made.digest)
    return plain
