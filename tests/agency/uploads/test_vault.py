"""Files lie encrypted, per agency, for as long as they are needed; the password of a file lies nowhere."""

import io
import logging
import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from agency.models import Upload
from agency.privacy.crypto import DecryptionError
from agency.tenancy.context import tenant
from agency.uploads import vault
from agency.uploads.models import State
from agency.uploads.storing import KEPT, sweep
from tests.agency.spreadsheets.messy import locked
from tests.workers.imports.conftest import english_on_a_day  # noqa: F401  (the same day and language)
from tests.workers.imports.rosters import TODAY, again, checked, person, roster, upload_of

SECRET = "Geheim-4711-宿舍"


def files() -> list[Path]:
    return [path for path in (Path(settings.MEDIA_ROOT) / "uploads").rglob("*") if path.is_file()]


def everything_stored() -> bytes:
    """Return every column of every table as text, the cache, and every file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        tables = [table for (table,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            rows += [text for (text,) in cursor.fetchall()]
    cached = repr(getattr(cache, "_cache", {}))
    return "\n".join([*rows, cached]).encode() + b"".join(path.read_bytes() for path in files())


def test_a_file_comes_back_as_it_went_in(ours):
    for size in (0, 1, vault.CHUNK, vault.CHUNK + 1, 3 * vault.CHUNK):
        content = bytes(range(256)) * (size // 256 + 1)
        name = vault.put(io.BytesIO(content[:size]))
        assert vault.get(name).read() == content[:size]


def test_files_are_unreadable_and_belong_to_us_alone(ours):
    vault.put(io.BytesIO("周建平".encode()))
    (path,) = files()
    assert "周建平".encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "harm", [lambda b: b[:-1], lambda b: b[: len(b) // 2], lambda b: b[:-1] + b"x", lambda b: b"x" + b]
)
def test_a_file_tampered_with_does_not_open(ours, harm):
    name = vault.put(io.BytesIO(b"roster" * vault.CHUNK))
    (path,) = files()
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(DecryptionError):
        vault.get(name)


def test_another_agencys_file_is_not_there(cast):
    with tenant(cast.theirs.agency):
        name = vault.put(io.BytesIO(b"theirs"))
    with tenant(cast.ours.agency):
        for wanted in (name, f"../{name}", "1/../2", f"{cast.ours.agency.pk}/../{name}"):
            with pytest.raises(FileNotFoundError):
                vault.get(wanted)


def test_the_password_of_a_file_is_stored_nowhere(cast, sign_in, caplog, django_capture_on_commit_callbacks):
    caplog.set_level(logging.DEBUG)
    desk = sign_in(cast.ours.specialist)
    file = SimpleUploadedFile("花名册.xlsx", locked(roster(person()), SECRET).getvalue())
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("workers:roster_new"), {"file": file, "period": "2026-11"})
    with tenant(cast.ours.agency):
        url = reverse("workers:roster_password", kwargs={"pk": Upload.objects.get().pk})
    for password in (SECRET[:-1], SECRET):
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(url, {"password": password})
    with tenant(cast.ours.agency):
        upload = Upload.objects.select_related("job").get()
        assert upload.is_clean
        assert upload.job.arguments == {"upload_id": upload.pk}
        stored = everything_stored()
    assert SECRET[:-1].encode() not in stored
    assert SECRET[:-1] not in caplog.text
    assert upload.digest.encode() in stored


def test_what_nobody_came_back_to_is_put_aside_after_a_week(cast, django_capture_on_commit_callbacks):
    old = checked(cast.ours, person(phone="138"))
    with time_machine.travel(timezone.now() + KEPT + timedelta(hours=1), tick=False):
        fresh = upload_of(cast.ours, person())
        with tenant(cast.ours.agency):
            stray = vault.put(io.BytesIO(b"left by a killed process"))
        for path in files():
            if path.name == stray.partition("/")[2]:
                os.utime(path, (0, 0))
        with django_capture_on_commit_callbacks(execute=True), tenant(cast.ours.agency):
            assert sweep() == 1
        with tenant(cast.ours.agency):
            assert set(vault.names()) == {fresh.source}
            assert sweep() == 0
    assert (again(old).state, again(fresh).state) == (State.DISCARDED, State.RECEIVED)
    assert str(again(fresh).uploaded_at) > TODAY
