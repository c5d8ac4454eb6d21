"""Files as evidence: kept once by content, with their hash, and compared with earlier ones."""

import hashlib
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from servicedesk.workflow.plan_models import Task, TaskFile

KINDS = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MEBIBYTE = 1024 * 1024
MAX_BYTES = 10 * MEBIBYTE


class FileError(ValueError):
    """A file that is not taken; says which would be."""


def check_file(upload: UploadedFile) -> None:
    """Raise `FileError` for a file of a kind or size that is not taken, or an empty one."""
    suffix = Path(upload.name or "").suffix.lower()
    if suffix not in KINDS:
        kinds = "、".join(kind.lstrip(".") for kind in KINDS)
        raise FileError(_("“%(name)s” is not taken. Use one of: %(kinds)s.") % {"name": upload.name, "kinds": kinds})
    if not upload.size:
        raise FileError(_("“%(name)s” is empty. Choose it again.") % {"name": upload.name})
    if upload.size > MAX_BYTES:
        raise FileError(
            _("“%(name)s” is larger than %(limit)s MB. Take the photo smaller.")
            % {"name": upload.name, "limit": MAX_BYTES // MEBIBYTE}
        )


def keep_file(task: Task, by: StaffMember, upload: UploadedFile) -> TaskFile:
    """Keep a file with the SHA-256 of its content; the same content twice in a task is one file.

    Raises `FileError`.
    """
    check_file(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    sha256 = digest.hexdigest()
    if known := task.files.filter(sha256=sha256).first():
        return known
    file = TaskFile.objects.create(
        task=task,
        name=Path(upload.name or "").name[-120:],
        content=upload,
        sha256=sha256,
        size=upload.size,
        uploaded_by=by,
    )
    record("workflow.file.kept", subject=task, actor=by, sha256=sha256, size=upload.size)
    return file


def used_before(files: list[TaskFile]) -> dict[int, TaskFile]:
    """Return, by file id, an earlier file of another task with the same content: last month's, put in again."""
    same = TaskFile.objects.filter(sha256__in={file.sha256 for file in files}).select_related("task__client")
    earlier: dict[int, TaskFile] = {}
    for file in files:
        for other in same:
            if other.sha256 == file.sha256 and other.task_id != file.task_id and other.pk < file.pk:
                earlier[file.pk] = other
    return earlier


def content_type(file: TaskFile) -> str:
    """Return the type under which a file is sent, from the kinds that are taken."""
    return KINDS.get(Path(file.name).suffix.lower(), "application/octet-stream")
