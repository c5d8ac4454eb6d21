"""A file of a folder taken in as a person would through its page: received, checked, committed."""

from pathlib import Path

from agency.models import StaffMember, Upload
from agency.progress.reporting import JobFailed
from agency.reasons import Reason
from agency.uploads.checking import check_upload
from agency.uploads.committing import commit_upload
from agency.uploads.findings import Findings
from agency.uploads.kinds import UploadKind
from agency.uploads.models import State
from agency.uploads.receiving import receive
from agency.uploads.storing import discard
from agency.uploads.telling import Teller

from ..clock import at
from .base import Month, StepFailed


def take_in(month: Month, kind: UploadKind, path: Path, context: dict[str, str], by: StaffMember, day: int) -> Upload:
    """Check the file and take it in whole on a day of the month. Raises `StepFailed` with the bad cells."""
    date = month.period.first_day.replace(day=day)
    with month.on(date, by, hour=9), path.open("rb") as file:
        upload = receive(kind, file, path.name, by, context)
    with at(month.agency.slug, date, hour=9, minute=5):
        check_upload(upload.pk, month.agency.pk, Teller())
    with month.on(date, by, hour=9, minute=10):
        upload.refresh_from_db()
        if not upload.is_clean:
            problems = [str(Reason.from_json(problem)) for problem in upload.summary.get("problems", [])]
            problems += [f"{f['column']}{f['row']} {f['reason']}" for f in Findings(upload, serious=True)[:3]]
            discard(upload)
            raise StepFailed(f"{path.name}: {'; '.join(problems)}")
        Upload.objects.filter(pk=upload.pk).update(state=State.COMMITTING, committed_by=by)
    with at(month.agency.slug, date, hour=9, minute=15):
        try:
            commit_upload(upload.pk, month.agency.pk, Teller())
        except JobFailed as failed:
            raise StepFailed(f"{path.name}: {failed}") from failed
    return upload
