"""Killed at any line, sent twice, committed by two: the table is imported once, or not at all."""

import threading

import pytest
from django.db import connections

from agency.models import BackgroundJob, BusinessEvent, FindingsPage
from agency.progress.reporting import JobFailed
from agency.tenancy.context import tenant
from agency.uploads import checking, committing, storing, vault
from agency.uploads.checking import check_upload
from agency.uploads.committing import commit_upload
from agency.uploads.jobs import start_check, start_commit
from agency.uploads.kinds import Importer, Situation
from agency.uploads.models import State, Upload
from agency.uploads.telling import Teller
from tests.workers.imports.conftest import english_on_a_day  # noqa: F401  (the same day and language)
from tests.workers.imports.rosters import again, as_known, checked, committed, errors, person, upload_of
from workers.imports.roster import RosterImport
from workers.models import Worker


class Killed(BaseException):
    """What a process that is gone does: nothing."""


@pytest.fixture
def company(cast):
    return cast.ours


def kill(*args, **kwargs):
    raise Killed


def made(company) -> tuple[int, int]:
    with tenant(company.agency):
        imported = BusinessEvent.objects.filter(name="workers.roster.imported")
        return Worker.objects.filter(name="周建平").count(), imported.count()


def ready(company, *rows):
    upload = checked(company, *(rows or [as_known(company), person()]))
    with tenant(company.agency):
        assert start_commit(upload, company.specialist, "/")
    return upload


def commit(company, upload):
    commit_upload(upload.pk, company.agency.pk, Teller())


@pytest.mark.parametrize(
    ("where", "line"),
    [(RosterImport, "write"), (RosterImport, "finish"), (storing, "empty"), (committing, "prepare_upload")],
)
def test_an_import_killed_at_any_line_leaves_nothing_and_can_be_repeated(company, monkeypatch, where, line):
    upload = ready(company)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(where, line, kill)
        commit(company, upload)
    assert again(upload).state == State.COMMITTING
    assert made(company) == (0, 0)
    commit(company, upload)
    assert again(upload).state == State.COMMITTED
    assert made(company) == (1, 1)
    commit(company, upload)
    assert made(company) == (1, 1)


@pytest.mark.parametrize("line", ["prepare_upload", "importer_of", "keep", "_marked"])
def test_a_check_killed_at_any_line_can_be_repeated(company, monkeypatch, line):
    upload = upload_of(company, person(phone="138"), person(701, name="石磊", phone="139"))
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(checking, line, kill)
        check_upload(upload.pk, company.agency.pk, Teller())
    for _time in range(2):
        check_upload(upload.pk, company.agency.pk, Teller())
    upload = again(upload)
    assert (upload.state, upload.error_count, len(errors(upload))) == (State.CHECKED, 2, 2)
    with tenant(company.agency):
        assert FindingsPage.objects.count() == 1


def test_a_page_can_repeat_what_a_dead_worker_left(company):
    upload = ready(company)
    with tenant(company.agency):
        row = again(upload)
        assert not start_commit(row, company.administrator, "/")
        BackgroundJob.objects.filter(pk=row.job_id).update(state="failed")
        assert start_commit(again(upload), company.administrator, "/")


def test_what_changed_since_the_check_stops_the_import(company):
    upload = ready(company, person(employee_no="A88"))
    with tenant(company.agency):
        Worker.objects.filter(pk=company.worker.pk).update(employee_no="A88")
    with pytest.raises(JobFailed, match="Nothing was imported"):
        commit(company, upload)
    upload = again(upload)
    assert upload.state == State.CHECKED
    assert [header for _row, header, _why in errors(upload)] == ["工号"]
    assert made(company) == (0, 0)


def test_nothing_with_errors_is_ever_imported(company):
    upload = checked(company, as_known(company), person(phone="138"))
    with tenant(company.agency):
        assert not start_commit(upload, company.specialist, "/")
        assert not start_check(committed(company, as_known(company)), company.specialist, "/")


def at_once(*calls):
    """Run calls in threads of their own, each with its connection; return what they returned."""
    results, barrier = [], threading.Barrier(len(calls))

    def run(call):
        try:
            barrier.wait()
            results.append(call())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_two_people_press_the_button_at_once(company):
    upload = checked(company, as_known(company), person())

    def press(staff):
        def go():
            with tenant(company.agency):
                return start_commit(Upload.objects.select_related("job").get(pk=upload.pk), staff, "/")

        return go

    pressed = at_once(press(company.specialist), press(company.administrator))
    assert sorted(pressed) == [False, True]
    assert made(company) == (1, 1)
    assert again(upload).state == State.COMMITTED


@pytest.mark.django_db(transaction=True)
def test_two_workers_get_the_same_message(company):
    upload = checked(company, as_known(company), person())
    with tenant(company.agency):
        Upload.objects.filter(pk=upload.pk).update(state=State.COMMITTING, committed_by=company.specialist)
    at_once(lambda: commit(company, upload), lambda: commit(company, upload))
    assert made(company) == (1, 1)
    with tenant(company.agency):
        assert list(vault.names()) == []


@pytest.mark.django_db(transaction=True)
def test_two_files_with_the_same_person_at_once(company):
    uploads = [checked(company, person()) for _time in range(2)]
    with tenant(company.agency):
        Upload.objects.update(state=State.COMMITTING, committed_by=company.specialist)
    at_once(*(lambda one=one: commit(company, one) for one in uploads))
    assert made(company) == (1, 1)
    assert {again(one).state for one in uploads} == {State.COMMITTED}


def test_an_importer_that_cannot_write_cannot_be_made():
    class Idle(Importer):
        pass

    with pytest.raises(TypeError, match="write"):
        Idle(Situation(1, None, {}))
