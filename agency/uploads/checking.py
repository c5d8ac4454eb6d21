"""The dry run of an upload: read it, check it against the agency's data, keep what was found."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from agency.progress.reporting import JobFailed
from agency.reasons import Reason, _, reason
from agency.spreadsheets.annotating import annotate
from agency.spreadsheets.checking import BatchCheck, DryRun, ParsedRow, Report
from agency.spreadsheets.columns import Finding
from agency.spreadsheets.refusals import Refused
from agency.spreadsheets.uploads import Upload as Prepared
from agency.tenancy.context import tenant

from . import findings, vault
from .kinds import Importer, Situation, UploadKind, kind_of
from .models import State, Upload
from .opening import describe, prepare_upload
from .settled import settled
from .storing import drop
from .telling import Teller

SKIPPED_SHOWN = 50


@settled()
def check_upload(upload_id: int, agency_id: int, teller: Teller) -> None:
    """Check an upload and store the findings; safe to run again after a kill at any line.

    Ends in the state checked, in mapping when required columns were not found, in failed when the file is refused.
    Works in steps: nothing is locked while rows are read.
    """
    with tenant(agency_id):
        if not Upload.objects.move(upload_id, State.CHECKING, out_of=(State.RECEIVED, State.CHECKING)):
            return
        upload = Upload.objects.select_related("uploaded_by").get(pk=upload_id)
    try:
        _check(upload, teller)
    except Refused as refused:
        _refuse(upload, refused.reason)
    except FileNotFoundError:
        _refuse(upload, reason(_("The file is no longer kept. Upload it once more.")))


def _check(upload: Upload, teller: Teller) -> None:
    with tenant(upload.agency_id):
        prepared = prepare_upload(upload)
        upload.reading = describe(prepared)
        if not prepared.mapping.complete:
            problems = prepared.mapping.problems(prepared.headers)
            upload.summary = {"problems": [problem.as_json() for problem in problems]}
            upload.state = State.MAPPING
            upload.save(update_fields=["reading", "summary", "state"])
            return
        importer = importer_of(upload)
    run = Run(upload, prepared, importer, _inside(upload.agency_id, importer), teller)
    report = run.read()
    with tenant(upload.agency_id):
        keep(upload, run, report, importer)


class Run:
    """One pass over the rows; `labels` says of each row with findings whose it is."""

    def __init__(
        self, upload: Upload, prepared: Prepared, importer: Importer, check: BatchCheck, teller: Teller
    ) -> None:
        kind: UploadKind = kind_of(upload.kind)
        self.kind, self.prepared, self.importer = kind, prepared, importer
        self.labels: dict[int, str] = {}
        self.rows = DryRun(
            prepared.sheet, prepared.table, prepared.headers, prepared.mapping, checks=(check,), progress=teller.tell
        )

    def __iter__(self) -> Iterator[ParsedRow]:
        for row in self.rows:
            if label := row.values.get(self.kind.label):
                self.labels[row.row] = str(label)
            yield row

    def read(self) -> Report:
        """Read all rows and return what was found."""
        for _row in self:
            pass
        return self.report

    @property
    def report(self) -> Report:
        return self.rows.report


def importer_of(upload: Upload, by: Any = None) -> Importer:
    """Return the importer of an upload, acting for a person (default: who uploaded it)."""
    return kind_of(upload.kind).importer(Situation(upload.agency_id, by or upload.uploaded_by, upload.context))


def keep(upload: Upload, run: Run, report: Report, importer: Importer) -> None:
    """Store the findings, the marked workbook and what the import would do; the upload is checked then."""
    old = upload.annotated
    report.warnings.sort(key=lambda doubt: doubt.row)
    upload.annotated = _marked(run.prepared, report) if report.errors or report.warnings else ""
    findings.store(upload, run.prepared.table, report.errors, run.labels, serious=True)
    findings.store(upload, run.prepared.table, report.warnings, run.labels, serious=False)
    upload.rows, upload.bad_rows = report.rows, report.bad_rows
    upload.error_count, upload.warning_count = len(report.errors), len(report.warnings)
    upload.summary = {
        "notes": [] if report.errors else [note.as_json() for note in importer.notes()],
        "tally": findings.tally(report.errors),
        "skipped": [(row, why.as_json()) for row, why in report.skipped[:SKIPPED_SHOWN]],
        "skipped_count": len(report.skipped),
    }
    upload.state = State.CHECKED
    fields = ["annotated", "rows", "bad_rows", "error_count", "warning_count", "summary", "state", "reading"]
    moved = Upload.objects.filter(pk=upload.pk, state__in=(State.CHECKING, State.COMMITTING))
    if not moved.update(**{name: getattr(upload, name) for name in fields}):
        vault.delete(upload.annotated)
        raise JobFailed(str(reason(_("The upload was put aside meanwhile."))))
    drop(old)


def _marked(prepared: Prepared, report: Report) -> str:
    with tempfile.TemporaryFile() as target:
        annotate(prepared, report, target)
        return vault.put(target)


def _refuse(upload: Upload, why: Reason) -> None:
    upload.state, upload.summary = State.FAILED, {"problems": [why.as_json()]}
    with tenant(upload.agency_id):
        upload.save(update_fields=["state", "summary"])


def _inside(agency_id: int, importer: Importer) -> BatchCheck:
    def check(rows: Sequence[ParsedRow]) -> Iterable[Finding]:
        with tenant(agency_id):
            return list(importer.check(rows))

    return check
