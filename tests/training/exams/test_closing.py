import pytest
from celery import current_app

from agency.models import BusinessEvent
from agency.tenancy.context import tenant
from tests.training.making import at
from training.exams.closing import close_overdue, submit
from training.exams.models import Answer, Attempt
from training.exams.sitting import save_answer
from training.exams.tasks import close_due


def answer_all(attempt, exam, *, single=("a",), multiple=("a", "b")):
    for row in exam.chosen.select_related("question"):
        save_answer(attempt, row.question_id, single if row.question.kind == "single" else multiple)


@pytest.mark.parametrize(
    ("single", "multiple", "score", "percent", "passed"),
    [(("a",), ("a", "b"), 10, 100, True), (("a",), ("a",), 7, 70, False), (("b",), ("a", "c"), 0, 0, False)],
)
def test_handing_in_marks(attempt, exam, single, multiple, score, percent, passed):
    answer_all(attempt, exam, single=single, multiple=multiple)
    done = submit(attempt)
    assert (done.score, done.total, done.percent, done.has_passed) == (score, 10, percent, passed)
    assert sum(Answer.objects.values_list("points", flat=True)) == score


def test_handing_in_twice_is_handing_in_once(attempt, exam, clock):
    answer_all(attempt, exam)
    clock.move_to(at(10, 14))
    submit(attempt)
    clock.move_to(at(10, 20))
    again = submit(attempt)
    assert (again.submitted_at, again.closed_by) == (at(10, 14), "person")
    assert BusinessEvent.objects.filter(name="training.exam.closed").count() == 1


def test_an_empty_paper_gives_nothing(attempt):
    assert submit(attempt).score == 0


def test_the_clock_closes_at_the_deadline_whenever_it_is_looked_at(attempt, exam, clock):
    answer_all(attempt, exam)
    clock.move_to(at(17))
    assert close_overdue() == 1
    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.closed_by, attempt.score) == (at(10, 30), "clock", 10)


def test_nothing_is_closed_early(attempt, clock):
    clock.move_to(at(10, 29))
    assert close_overdue() == 0
    assert Attempt.objects.get().is_running


def test_the_beat_finds_it_and_may_run_twice(cast, ours, attempt, clock):
    clock.move_to(at(12))
    with tenant(ours.agency):
        assert [close_due.apply().get(), close_due.apply().get()] == [1, 0]


def test_the_beat_runs_every_five_minutes():
    entry = current_app.conf.beat_schedule["close-overdue-exams"]
    assert entry["task"] == "training.exams.close_all" and len(entry["schedule"].minute) == 12
