from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from agency.models import BackgroundJob, Branch
from agency.progress import jobs
from agency.progress.jobs import claim, job
from agency.progress.models import SILENCE, State
from agency.progress.reporting import JobFailed, JobLost, Progress, report_progress
from agency.tenancy.context import tenant


@job("tests.branches", title="Make branches", permission="agency.settings.manage")
def make_branches(progress, *, names):
    progress.of(len(names))
    for name in names:
        with progress.step(name):
            if name == "broken":
                raise JobFailed("第 2 行的名称不对，改好再来。")
            if name == "bug":
                raise ZeroDivisionError
            Branch.objects.create(name=name)
    return {"made": progress.done}


def start(company, *names):
    with tenant(company.agency):
        return make_branches.start(by=company.administrator, names=list(names))


def now(company, row):
    with tenant(company.agency):
        return BackgroundJob.objects.get(pk=row.pk)


def claimed(company, row):
    return claim(row.pk, company.agency.pk)


def age(company, row, by=SILENCE + timedelta(seconds=1)):
    with tenant(company.agency):
        BackgroundJob.objects.filter(pk=row.pk).update(heartbeat_at=timezone.now() - by)


def test_a_job_runs_after_commit_and_counts_its_steps(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = start(cast.ours, "昆山", "无锡")
        assert row.state == State.QUEUED
    row = now(cast.ours, row)
    assert (row.state, row.done, row.total, row.percent, row.result) == (State.DONE, 2, 2, 100, {"made": 2})
    with tenant(cast.ours.agency):
        assert Branch.objects.count() == 2


def test_starting_twice_gives_the_one_that_is_active(cast):
    first, second, other = start(cast.ours, "昆山"), start(cast.ours, "昆山"), start(cast.ours, "无锡")
    assert first.pk == second.pk != other.pk
    assert start(cast.theirs, "昆山").pk != first.pk


def test_only_one_worker_gets_a_job(cast):
    row = start(cast.ours, "昆山")
    assert claimed(cast.ours, row).attempt == 1
    assert claimed(cast.ours, row) is None


def test_a_job_whose_worker_died_can_be_claimed_again(cast):
    row = start(cast.ours, "昆山")
    claimed(cast.ours, row)
    age(cast.ours, row)
    assert now(cast.ours, row).is_silent
    assert claimed(cast.ours, row).attempt == 2


def test_a_worker_taken_for_dead_cannot_write_any_more(cast):
    row = start(cast.ours, "昆山")
    zombie = Progress(claimed(cast.ours, row))
    age(cast.ours, row)
    claimed(cast.ours, row)
    with pytest.raises(JobLost), zombie.step():
        Branch.objects.create(name="昆山")
    with tenant(cast.ours.agency):
        assert not Branch.objects.exists()


def test_a_step_that_fails_leaves_the_steps_before(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = start(cast.ours, "昆山", "broken", "无锡")
    row = now(cast.ours, row)
    assert (row.state, row.done, row.message) == (State.FAILED, 1, "第 2 行的名称不对，改好再来。")


def test_a_mistake_in_the_program_is_said_in_words_and_raised(cast):
    row = start(cast.ours, "bug")
    with pytest.raises(ZeroDivisionError), report_progress(claimed(cast.ours, row)) as progress:
        make_branches.body(progress, names=["bug"])
    row = now(cast.ours, row)
    assert row.state == State.FAILED
    assert str(row.pk) in row.message
    assert "ZeroDivision" not in row.message


def test_a_cancelled_job_stops_at_its_next_step(cast):
    row = start(cast.ours, "昆山", "无锡")
    with report_progress(claimed(cast.ours, row)) as progress:
        with progress.step():
            Branch.objects.create(name="昆山")
        with tenant(cast.ours.agency):
            assert jobs.cancel(row.pk)
        with progress.step():
            Branch.objects.create(name="无锡")
    row = now(cast.ours, row)
    assert (row.state, row.done) == (State.CANCELLED, 1)
    with tenant(cast.ours.agency):
        assert [branch.name for branch in Branch.objects.all()] == ["昆山"]


def test_a_cancelled_job_that_waited_is_never_begun(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = start(cast.ours, "昆山")
        with tenant(cast.ours.agency):
            jobs.cancel(row.pk)
    assert now(cast.ours, row).attempt == 0


def test_repeating_a_failed_job_makes_a_new_one(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = start(cast.ours, "broken")
    with tenant(cast.ours.agency):
        again = jobs.repeat(now(cast.ours, row), by=cast.ours.administrator)
    assert (again.pk != row.pk, again.arguments, again.key) == (True, row.arguments, row.key)


def test_repeating_an_abandoned_job_goes_on_under_its_number(cast, django_capture_on_commit_callbacks):
    row = start(cast.ours, "昆山")
    claimed(cast.ours, row)
    age(cast.ours, row)
    with django_capture_on_commit_callbacks(execute=True), tenant(cast.ours.agency):
        assert jobs.repeat(now(cast.ours, row), by=cast.ours.administrator).pk == row.pk
    row = now(cast.ours, row)
    assert (row.state, row.attempt) == (State.DONE, 2)


def test_a_message_that_comes_again_while_a_worker_lives_waits(cast, monkeypatch):
    row = start(cast.ours, "昆山")
    claimed(cast.ours, row)
    waited = []

    def retry(self, **options):
        waited.append(options["countdown"])
        return RuntimeError("again later")

    monkeypatch.setattr("celery.app.task.Task.retry", retry)
    with tenant(cast.ours.agency), pytest.raises(RuntimeError, match="later"):
        make_branches.task(row.pk)
    assert waited == [SILENCE.total_seconds()]


def test_messages_are_written_at_most_twice_a_second(cast, django_assert_num_queries):
    with time_machine.travel("2026-10-21 02:00:00Z", tick=False):
        progress = Progress(claimed(cast.ours, start(cast.ours, "昆山")))
        progress.say("一")
        with django_assert_num_queries(0):
            progress.say("二")


def test_percent_is_whole_and_not_100_before_the_end():
    assert BackgroundJob(state=State.RUNNING, done=96, total=96).percent == 99
    assert BackgroundJob(state=State.RUNNING, done=1, total=3).percent == 33
    assert BackgroundJob(state=State.QUEUED).percent == 0
