import datetime as dt

import pytest

from agency.periods import Period
from tests.training.making import at, make_exam, make_question, make_session
from training.exams.closing import submit
from training.exams.queries import hardest, standings
from training.exams.results import latest_result, passed_by_session
from training.exams.sitting import save_answer, start
from training.models import Attendance

NOVEMBER = Period(2026, 11)


def sit(exam, staff, right=True):
    attempt = start(exam, staff)
    for row in exam.chosen.select_related("question"):
        save_answer(attempt, row.question_id, row.question.right if right else ["d"])
    return submit(attempt)


def test_the_result_of_the_month(ours, exam):
    attempt = sit(exam, ours.specialist)
    result = latest_result(ours.specialist, NOVEMBER)
    assert (result.percent, result.exam, result.attempt) == (100, exam, attempt)


def test_per_cent_are_rounded_down(ours):
    session = make_session(ours, [ours.specialist])
    exam = make_exam(session, [make_question(session.course, points=2), make_question(session.course, points=1)])
    attempt = start(exam, ours.specialist)
    save_answer(attempt, exam.chosen.get(question__points=2).question_id, ["a"])
    submit(attempt)
    assert latest_result(ours.specialist, NOVEMBER).percent == 66


def test_of_several_attempts_the_best_counts(ours):
    exam = make_exam(make_session(ours, [ours.specialist]), attempts_allowed=2)
    best = sit(exam, ours.specialist)
    sit(exam, ours.specialist, right=False)
    assert latest_result(ours.specialist, NOVEMBER).attempt == best


def test_the_exam_that_closes_last_counts(ours, exam):
    sit(exam, ours.specialist)
    later = make_exam(exam.session, closes_at=at(18, day=25))
    sit(later, ours.specialist, right=False)
    assert latest_result(ours.specialist, NOVEMBER).exam == later


def test_an_exam_that_still_runs_does_not_hide_the_one_before(ours, exam, clock):
    sit(exam, ours.specialist)
    make_exam(exam.session, closes_at=at(18, day=25))
    clock.move_to(at(19))
    assert latest_result(ours.specialist, NOVEMBER).exam == exam


def test_staying_away_gives_nothing_and_not_no_result(ours, exam, clock):
    assert latest_result(ours.specialist, NOVEMBER) is None
    clock.move_to(at(18))
    assert latest_result(ours.specialist, NOVEMBER) == (0, exam, None)


def test_who_is_excused_does_not_lose(ours, exam, clock):
    Attendance.objects.filter(staff=ours.specialist).update(state=Attendance.State.EXCUSED)
    clock.move_to(at(18))
    assert latest_result(ours.specialist, NOVEMBER) is None


def test_an_attempt_that_ran_out_is_closed_when_asked_for(ours, exam, attempt, clock):
    clock.move_to(at(11))
    assert latest_result(ours.specialist, NOVEMBER).attempt.closed_by == "clock"


@pytest.mark.parametrize(
    ("closes_at", "period"),
    [
        (dt.datetime(2026, 12, 1, 0, 0), NOVEMBER),
        (dt.datetime(2026, 12, 1, 0, 1), Period(2026, 12)),
        (dt.datetime(2026, 11, 30, 23, 0), NOVEMBER),
    ],
)
def test_an_exam_counts_in_the_month_it_closes_by_our_clocks(ours, closes_at, period):
    exam = make_exam(make_session(ours, [ours.specialist]), closes_at=closes_at.replace(tzinfo=at(0).tzinfo))
    sit(exam, ours.specialist)
    assert latest_result(ours.specialist, period).exam == exam
    assert latest_result(ours.specialist, period.previous()) is None


def test_the_colleague_has_a_result_of_their_own(ours, exam):
    sit(exam, ours.specialist)
    assert latest_result(ours.colleague, NOVEMBER) is None


def test_standings_and_what_all_get_wrong(ours, exam):
    best = [sit(exam, ours.specialist), sit(exam, ours.colleague, right=False)]
    rows = standings(exam)
    assert [(row.staff, row.best.percent, row.weakest) for row in rows] == [
        (ours.specialist, 100, ""),
        (ours.colleague, 0, "调休"),
    ]
    assert [percent for _text, percent in hardest(best)] == [100]
    assert passed_by_session([exam.session_id]) == {exam.session_id: 1}
