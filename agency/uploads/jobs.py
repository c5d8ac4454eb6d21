"""Background work on uploads, and the daily sweep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from celery import shared_task
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agency.progress.jobs import Job, job, repeat
from agency.progress.models import BackgroundJob
from agency.progress.reporting import Progress
from agency.staff.models import StaffMember
from agency.tenancy.context import each_agency
from agency.tenancy.tasks import send, tenant_task

from .checking import check_upload
from .committing import commit_upload
from .models import State, Upload
from .storing import sweep
from .telling import JobTeller, beside


@job("uploads.check", title=_("Check a table"))
def check(progress: Progress, *, upload_id: int) -> None:
    check_upload(upload_id, progress.agency_id, JobTeller(progress))


@job("uploads.commit", title=_("Import a table"))
def commit(progress: Progress, *, upload_id: int) -> None:
    with beside(progress) as teller:
        commit_upload(upload_id, progress.agency_id, teller)


def start_check(upload: Upload, by: StaffMember, url: str) -> bool:
    """Have an upload checked, once more if it was; return False when it is in hand already or is over."""
    with _held(upload) as now:
        out_of: tuple[State, ...] = (State.MAPPING, State.CHECKED)
        if not is_under_way(now):
            out_of += (State.RECEIVED, State.CHECKING)
        if not Upload.objects.move(now.pk, State.RECEIVED, out_of=out_of):
            return False
        _start(check, now, by, url)
        return True


def start_commit(upload: Upload, by: StaffMember, url: str) -> bool:
    """Have a clean upload imported; return False when it is not clean, or somebody else was faster."""
    with _held(upload) as now:
        is_stuck = now.state == State.COMMITTING and not is_under_way(now)
        if not (now.is_clean or is_stuck):
            return False
        Upload.objects.filter(pk=now.pk).update(state=State.COMMITTING, committed_by=by)
        _start(commit, now, by, url)
        return True


def is_under_way(upload: Upload) -> bool:
    """Tell whether a worker has the upload in hand or will have."""
    job = upload.job
    return job is not None and job.is_active and not job.is_silent


@contextmanager
def _held(upload: Upload) -> Iterator[Upload]:
    """Yield the upload as it is now, while nobody else can start anything with it."""
    with transaction.atomic():
        # Without joins: PostgreSQL drops a row that waited for its lock when what it is joined to has changed.
        yield Upload.objects.select_for_update().get(pk=upload.pk)


def _start(kind: Job, upload: Upload, by: StaffMember, url: str) -> None:
    previous = upload.job
    if previous is not None and previous.kind == kind.kind and previous.is_silent:
        repeat(previous, by=by)
        return
    row: BackgroundJob = kind.start(by=by, title=upload.filename, url=url, key=str(upload.pk), upload_id=upload.pk)
    Upload.objects.filter(pk=upload.pk).update(job=row)


@shared_task(name="agency.uploads.sweep_all")
def sweep_all() -> None:
    """Have every agency put old uploads aside."""
    for _agency in each_agency("put old uploads aside", by="uploads.sweep_all"):
        send(sweep_uploads)


@tenant_task(name="agency.uploads.sweep")
def sweep_uploads() -> int:
    """Put old uploads aside; return how many. Safe to run again."""
    return sweep()
