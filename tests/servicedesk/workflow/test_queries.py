"""What pages and scores are told about a month."""

from servicedesk.models import Task
from servicedesk.workflow import closing, evidence
from servicedesk.workflow.queries import progress_of, routine_minutes
from tests.servicedesk.workflow.conftest import OCTOBER, day


def test_progress_counts_what_should_be_done_by_now(october, task):
    """On Tuesday 13 October: attendance, computing, the first dormitory round, the roster and the check were due."""
    progress = progress_of(october.specialist, OCTOBER, on=day(10, 13))
    assert (progress.done, progress.total, progress.planned, progress.percent) == (0, 18, 5, 0)
    assert len(progress.late) == 5
    closing.skip(task("attendance"), october.reviewer, "停工")
    assert progress_of(october.specialist, OCTOBER, on=day(10, 13)).behind == 4


def test_a_month_without_tasks_is_no_division_by_zero(ours):
    assert progress_of(ours.specialist, OCTOBER).percent == 0


def test_routine_done_counts_as_long_as_it_usually_takes(october, task):
    assert routine_minutes(october.specialist, OCTOBER) == 0
    evidence.offer("roster.imported", client=october.client, period=OCTOBER, ref="import:1")
    evidence.offer("communication.workers", client=october.client, period=OCTOBER, count=1)
    assert task("talk_workers").state == Task.State.DONE
    own = closing.add_task(october.specialist, october.client, title="盘点钥匙", opens_on=day(10, 9), due_on=day(10, 9))
    closing.close_by_hand(own, october.specialist)
    assert routine_minutes(october.specialist, OCTOBER) == 60 + 30
