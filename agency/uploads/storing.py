"""Put uploaded files away, and delete them when they have served."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from agency.tenancy.context import current_agency_id, tenant

from . import vault
from .models import FindingsPage, State, Upload

# How long an upload that nobody imports is kept.
KEPT = timedelta(days=7)
EMPTIED = ("source", "annotated", "corrections", "reading")
_JUST_WRITTEN = 3600
Names = Callable[[], Iterable[str]]
_elsewhere: list[Names] = []


def kept_elsewhere(names: Names) -> Names:
    """Register a function that names the files of the active agency which another room keeps in the vault."""
    _elsewhere.append(names)
    return names


def empty(upload: Upload) -> None:
    """Forget what an upload held; the files go once the transaction has committed. Does not save."""
    drop(upload.source)
    drop(upload.annotated)
    upload.source = upload.annotated = upload.corrections = ""
    upload.reading = {key: value for key, value in upload.reading.items() if key in ("sheet", "columns", "unknown")}


def drop(name: str) -> None:
    """Delete a file of the active agency once the transaction has committed."""
    transaction.on_commit(partial(_delete, current_agency_id(), name))


def discard(upload: Upload) -> bool:
    """Put an upload aside with all it held; one that is being imported or was imported stays."""
    out_of = tuple(state for state in State if state not in (State.COMMITTING, State.COMMITTED))
    if not Upload.objects.move(upload.pk, State.DISCARDED, out_of=out_of):
        return False
    FindingsPage.objects.filter(upload=upload).delete()
    empty(upload)
    upload.state = State.DISCARDED
    upload.save(update_fields=list(EMPTIED))
    return True


def sweep() -> int:
    """Put aside uploads nobody came back to, and delete files that belong to none; return how many uploads.

    A process killed between commit and deletion leaves such files. Safe to run again.
    """
    old = timezone.now() - KEPT
    left = Upload.objects.filter(uploaded_at__lt=old).exclude(state__in=(State.COMMITTED, State.DISCARDED))
    left.filter(state=State.COMMITTING).update(state=State.CHECKED)
    swept = sum(discard(upload) for upload in left)
    _delete_strays()
    return swept


def _delete_strays() -> None:
    known = Upload.objects.exclude(source="", annotated="").values_list("source", "annotated")
    wanted = {name for pair in known for name in pair}
    wanted.update(*(names() for names in _elsewhere))
    for name in list(vault.names()):
        # A file is written before its row is committed.
        if name not in wanted and vault.age_of(name) < time.time() - _JUST_WRITTEN:
            vault.delete(name)


def _delete(agency_id: int | None, name: str) -> None:
    assert agency_id is not None
    with tenant(agency_id):
        vault.delete(name)
