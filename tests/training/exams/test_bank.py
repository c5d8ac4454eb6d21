import pytest
from django.core.exceptions import ValidationError

from tests.training.making import make_course, make_exam, make_question, make_session
from training.exams.bank import read_options, save_question, write_options
from training.exams.models import Question
from training.exams.setting import set_exam
from training.exams.sitting import start
from training.problems import TrainingError


def test_options_are_lines_and_the_star_is_right():
    options, right = read_options("single", "按 2 倍\n*按 1 倍\n\n按 3 倍")
    assert options == [
        {"key": "a", "text": "按 2 倍"},
        {"key": "b", "text": "按 1 倍"},
        {"key": "c", "text": "按 3 倍"},
    ]
    assert right == ["b"]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("single", "甲\n乙", "现在有 0 个"),
        ("single", "*甲\n*乙", "现在有 2 个"),
        ("multiple", "*甲\n乙", "至少两个"),
        ("single", "*甲", "2 到 8 个"),
        ("single", "*\n乙", "2 到 8 个"),
        ("single", "*甲\n甲", "一样"),
    ],
)
def test_options_that_cannot_be_marked_are_refused(kind, text, words):
    with pytest.raises(ValidationError, match=words):
        read_options(kind, text)


def test_what_was_typed_comes_back(ours):
    question = make_question(make_course(), "multiple", ("a", "c"))
    assert read_options("multiple", write_options(question)) == (question.options, ["a", "c"])


def test_a_question_nobody_had_is_edited(ours):
    question = make_question(make_course())
    question.text = "改过的题"
    assert save_question(question, ours.trainer).pk == question.pk


def test_a_question_somebody_had_is_replaced(ours, exam, attempt):
    question = exam.chosen.first().question
    question.right = ["d"]
    new = save_question(question, ours.trainer)
    old = Question.objects.get(pk=question.pk)
    assert new.pk != old.pk and (old.is_active, old.right == ["d"]) == (False, False)
    assert exam.chosen.filter(question=old).exists()


def test_exams_nobody_has_begun_take_the_new_question(ours, exam, attempt):
    question = exam.chosen.first().question
    next_exam = make_exam(make_session(ours, held_on=exam.session.held_on.replace(day=22)), [question])
    new = save_question(question, ours.trainer)
    assert next_exam.chosen.get().question == new


def test_an_exam_somebody_has_begun_stays(ours, exam):
    start(exam, ours.specialist)
    with pytest.raises(TrainingError, match="已经有人开考"):
        set_exam(exam, [make_question(exam.session.course)], ours.trainer)


def test_an_exam_needs_a_question(ours, exam):
    with pytest.raises(TrainingError, match="至少选一题"):
        set_exam(exam, [], ours.trainer)
