"""The import of an upload: everything in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, connection
from django.utils import timezone

from agency.audit import acting
from agency.progress.reporting import JobFailed
from agency.reasons import _, reason
from agency.spreadsheets.checking import ParsedRow
from agency.spreadsheets.columns import Finding
from agency.tenancy.context import tenant

from . import storing
from .checking import Run, importer_of, keep
from .kinds import Importer
from .models import FindingsPage, State, Upload
from .opening import prepare_upload
from .settled import settled
from .telling import Teller


class NotClean(Exception):
    """The data has changed since the dry run, and the table no longer fits."""


@settled()
def commit_upload(upload_id: int, agency_id: int, teller: Teller) -> None:
    """Import a checked upload; safe to run again after a kill at any line.

    The rows are checked once more inside the transaction, since others may have changed the data. When something no
    longer fits, nothing is written, the upload goes back to checked with the new findings, and `JobFailed` is raised.
    """
    with tenant(agency_id):
        upload = Upload.objects.select_related("committed_by").get(pk=upload_id)
    try:
        with acting(upload.committed_by, source=f"uploads.commit {upload_id}"), tenant(agency_id):
            _commit(upload_id, teller)
    except NotClean as stale:
        run = stale.args[0]
        with tenant(agency_id):
            keep(upload, run, run.report, run.importer)
        words = _("Others changed the data meanwhile, and the table no longer fits. Nothing was imported.")
        raise JobFailed(str(reason(words))) from None
    except IntegrityError:
        with tenant(agency_id):
            Upload.objects.move(upload_id, State.CHECKED, out_of=(State.COMMITTING,))
        words = _("Somebody changed the same data at the same moment. Nothing was imported: import once more.")
        raise JobFailed(str(reason(words))) from None


def _commit(upload_id: int, teller: Teller) -> None:
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if upload.state != State.COMMITTING:
        return
    _one_at_a_time(upload)
    importer = importer_of(upload, upload.committed_by)
    batches = _Batches(importer)
    run = Run(upload, prepare_upload(upload), importer, batches.check, teller)
    for _row in run:
        if not run.report.errors:
            batches.write()
    if not run.report.clean:
        raise NotClean(run)
    importer.finish()
    upload.state, upload.committed_at = State.COMMITTED, timezone.now()
    upload.rows, upload.bad_rows = run.report.rows, 0
    upload.summary |= {"notes": [note.as_json() for note in importer.notes()]}
    FindingsPage.objects.filter(upload=upload).delete()
    storing.empty(upload)
    upload.save(update_fields=["state", "committed_at", "rows", "bad_rows", "summary", *storing.EMPTIED])


class _Batches:
    """Write each batch right after its check, before the next one is read."""

    def __init__(self, importer: Importer) -> None:
        self.importer = importer
        self.waiting: Sequence[ParsedRow] = []

    def check(self, rows: Sequence[ParsedRow]) -> Iterable[Finding]:
        self.waiting = rows
        return list(self.importer.check(rows))

    def write(self) -> None:
        if self.waiting:
            self.importer.write(self.waiting)
            self.waiting = []


def _one_at_a_time(upload: Upload) -> None:
    """Let two imports of one kind wait for each other, so that both see what they check against."""
    with connection.cursor() as cursor:
        key = f"{upload.agency_id}:{upload.kind}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
