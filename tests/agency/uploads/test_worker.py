"""A real Celery worker, killed in the middle of an import; the next one does it, once."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

from agency.models import BackgroundJob, BusinessEvent
from agency.tenancy.context import tenant
from agency.uploads.jobs import start_check, start_commit
from agency.uploads.models import State
from config.celery import app
from tests.cast import identity_number
from tests.workers.imports.rosters import again, errors, person, upload_of
from workers.models import Worker

ROWS, PATIENCE_SECONDS, QUEUE = 3000, 120, "imports-test"


@contextmanager
def worker():
    """Run a worker on the test database; it is killed at the end, as hard as can be."""
    database = connection.settings_dict
    place = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
    url = f"postgres://{database['USER']}:{database['PASSWORD']}@{place}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_ENCRYPTION_KEYS": ",".join(settings.FIELD_ENCRYPTION_KEYS),
        "BLIND_INDEX_KEY": settings.BLIND_INDEX_KEY,
    }
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-P", "solo", "-Q", QUEUE]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def wait_for(question):
    end = time.monotonic() + PATIENCE_SECONDS
    while not (answer := question()):
        assert time.monotonic() < end, "the worker did not get there in time"
        time.sleep(0.1)
    return answer


@pytest.fixture
def real_queue():
    """Send messages for once, to a queue of the test's own."""
    app.conf.update(task_always_eager=False, task_default_queue=QUEUE)
    yield
    app.control.purge()
    app.conf.update(task_always_eager=True, task_default_queue="celery")


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_during_the_import(cast, real_queue):
    company = cast.ours
    births = [(serial % 1000, serial // 1000) for serial in range(ROWS)]
    people = [person(0, identity_number=_number(*birth), name=f"员工{n}") for n, birth in enumerate(births)]
    upload = upload_of(company, *people)

    def job():
        return again(upload).job

    with worker() as first:
        with tenant(company.agency):
            start_check(upload, company.specialist, "/")
        wait_for(lambda: again(upload).state == State.CHECKED)
        assert errors(again(upload)) == []
        wait_for(lambda: job().state == "done")
        with _events_held():
            with tenant(company.agency):
                assert start_commit(upload, company.specialist, "/")
            # Its progress is seen from outside while its one transaction runs.
            wait_for(lambda: job().kind == "uploads.commit" and job().done > 0)
            first.send_signal(signal.SIGKILL)
            first.wait()
    wait_for(lambda: not _other_sessions())
    assert again(upload).state == State.COMMITTING
    with tenant(company.agency):
        assert not Worker.objects.filter(name="员工0").exists()
        BackgroundJob.objects.filter(pk=job().pk).update(heartbeat_at="2026-01-01T00:00Z")
        assert start_commit(again(upload), company.specialist, "/")
    with worker():
        wait_for(lambda: again(upload).state == State.COMMITTED)
    with tenant(company.agency):
        assert Worker.objects.filter(name__startswith="员工").count() == ROWS
        assert BusinessEvent.objects.filter(name="workers.roster.imported").count() == 1


@contextmanager
def _events_held():
    """Keep an import in the middle of its transaction: the event of its end cannot be written meanwhile."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {BusinessEvent._meta.db_table} IN SHARE MODE")
        yield
    finally:
        other.close()


def _other_sessions() -> int:
    """Count who else talks to this database: a killed client's last statement still runs to its end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]


def _number(serial: int, years: int) -> str:
    return identity_number(serial, dt.date(1980 + years, 5, 17))
