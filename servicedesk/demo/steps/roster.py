"""The roster: every workbook of the folder, checked and imported as a person would through the page."""

from pathlib import Path

from agency.models import StaffMember, Upload
from agency.permissions import Role
from agency.progress.reporting import JobFailed
from agency.reasons import Reason
from agency.uploads.checking import check_upload
from agency.uploads.committing import commit_upload
from agency.uploads.findings import Findings
from agency.uploads.models import State
from agency.uploads.receiving import receive
from agency.uploads.storing import discard
from agency.uploads.telling import Teller
from workers.imports.kind import ROSTER_UPLOAD
from workers.imports.roster_columns import ROSTER
from workers.models import Worker

from ..clock import at
from ..files import Found
from .base import Month, StepFailed, Tally

DAY = 10


def import_rosters(month: Month, workbooks: list[Found]) -> Tally:
    """Import each roster on the 10th: the standard procedure checks it between the 5th and the 12th."""
    administrator = month.holders(Role.ADMINISTRATOR)[0]
    made = known = 0
    for found in workbooks:
        if found.table is ROSTER:
            new, upload = _import(month, found.path, administrator)
            made, known = made + new, known + upload.rows - new
    return Tally(made, known)


def _import(month: Month, path: Path, by: StaffMember) -> tuple[int, Upload]:
    """Check the file and take it in whole; return how many workers are new. Raises `StepFailed` with the bad cells."""
    day = month.period.first_day.replace(day=DAY)
    with month.on(day, by, hour=9), path.open("rb") as file:
        before = Worker.objects.count()
        upload = receive(ROSTER_UPLOAD, file, path.name, by, {"period": str(month.period)})
    with at(month.agency.slug, day, hour=9, minute=5):
        check_upload(upload.pk, month.agency.pk, Teller())
    with month.on(day, by, hour=9, minute=10):
        upload.refresh_from_db()
        if not upload.is_clean:
            problems = [str(Reason.from_json(problem)) for problem in upload.summary.get("problems", [])]
            problems += [f"{f['column']}{f['row']} {f['reason']}" for f in Findings(upload, serious=True)[:3]]
            discard(upload)
            raise StepFailed(f"{path.name}: {'; '.join(problems)}")
        Upload.objects.filter(pk=upload.pk).update(state=State.COMMITTING, committed_by=by)
    with at(month.agency.slug, day, hour=9, minute=15):
        try:
            commit_upload(upload.pk, month.agency.pk, Teller())
        except JobFailed as failed:
            raise StepFailed(f"{path.name}: {failed}") from failed
    with month.on(day, by, hour=9, minute=20):
        return Worker.objects.count() - before, upload
