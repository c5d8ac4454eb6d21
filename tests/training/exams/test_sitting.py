import pytest

from agency.models import BusinessEvent
from tests.training.making import at, make_exam, make_session
from training.exams.closing import submit
from training.exams.models import Answer, Attempt
from training.exams.sitting import TimeIsUp, save_answer, start
from training.problems import TrainingError


def first(attempt):
    return attempt.paper[0]["question"]


def test_the_deadline_is_the_servers_and_is_stored(attempt):
    assert (attempt.started_at, attempt.deadline) == (at(10), at(10, 30))
    assert BusinessEvent.objects.filter(name="training.exam.started").count() == 1


def test_a_second_tab_gets_the_same_attempt_and_the_same_deadline(ours, exam, attempt, clock):
    clock.move_to(at(10, 20))
    again = start(exam, ours.specialist)
    assert (again.pk, again.deadline, again.paper) == (attempt.pk, at(10, 30), attempt.paper)


def test_who_begins_late_has_until_the_exam_closes(ours, exam, clock):
    clock.move_to(at(17, 50))
    assert start(exam, ours.specialist).deadline == at(18)


@pytest.mark.parametrize(("hour", "words"), [(8, "09:00 开放"), (18, "18:00 已截止")])
def test_before_and_after_nobody_begins(ours, exam, clock, hour, words):
    clock.move_to(at(hour))
    with pytest.raises(TrainingError, match=words):
        start(exam, ours.specialist)


def test_who_is_not_asked_does_not_sit(ours, exam):
    with pytest.raises(TrainingError, match="没有您"):
        start(exam, ours.manager)


def test_attempts_are_counted(ours, exam, attempt):
    submit(attempt)
    with pytest.raises(TrainingError, match="1 次都考完了"):
        start(exam, ours.specialist)


def test_a_second_attempt_where_two_are_allowed(ours):
    exam = make_exam(make_session(ours, [ours.specialist]), attempts_allowed=2)
    submit(start(exam, ours.specialist))
    assert start(exam, ours.specialist).number == 2


def test_an_overdue_attempt_is_closed_before_the_next_begins(ours, clock):
    exam = make_exam(make_session(ours, [ours.specialist]), attempts_allowed=2)
    begun = start(exam, ours.specialist)
    clock.move_to(at(11))
    assert start(exam, ours.specialist).number == 2
    begun.refresh_from_db()
    assert (begun.closed_by, begun.submitted_at) == ("clock", at(10, 30))


def test_each_answer_is_kept_and_the_last_counts(attempt):
    for chosen in (["a"], ["b"], ["b"]):
        save_answer(attempt, first(attempt), chosen)
    answer = Answer.objects.get()
    assert answer.chosen == ["b"]
    assert Answer.pgh_event_model.objects.count() == 2


def test_a_mark_stays_until_it_is_taken_off(attempt):
    save_answer(attempt, first(attempt), [], flagged=True)
    save_answer(attempt, first(attempt), ["a"])
    assert Answer.objects.get().is_flagged
    save_answer(attempt, first(attempt), ["a"], flagged=False)
    assert not Answer.objects.get().is_flagged


def test_the_last_second_counts_and_the_next_does_not(attempt, clock):
    clock.move_to(at(10, 29))
    save_answer(attempt, first(attempt), ["a"])
    clock.move_to(at(10, 30))
    with pytest.raises(TimeIsUp):
        save_answer(attempt, first(attempt), ["b"])
    assert Answer.objects.get().chosen == ["a"]


def test_nothing_is_kept_after_handing_in(attempt):
    submit(attempt)
    with pytest.raises(TimeIsUp):
        save_answer(attempt, first(attempt), ["a"])


def test_a_clock_of_the_browser_plays_no_part(attempt):
    """Whatever the page sends, the deadline is a column that nobody writes again."""
    save_answer(attempt, first(attempt), ["a"])
    assert Attempt.objects.get().deadline == at(10, 30)


def test_only_what_is_on_the_paper(attempt, ours):
    for question, chosen in ((first(attempt), ["z"]), (0, ["a"])):
        with pytest.raises(TrainingError, match="不在您的卷子上"):
            save_answer(attempt, question, chosen)


def test_one_choice_where_one_is_right(attempt, exam):
    single = exam.chosen.get(question__kind="single").question
    with pytest.raises(TrainingError, match="单选"):
        save_answer(attempt, single.pk, ["a", "b"])
