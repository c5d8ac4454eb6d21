"""Sitting an exam over HTTP: with htmx and without, in time and too late."""

import datetime as dt

import pytest
from django.urls import reverse

from agency.tenancy.context import tenant
from tests.training.making import at, make_exam, make_question, make_session
from training.exams.models import Answer, Attempt, Question
from training.exams.sitting import start

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sat(cast):
    """Our specialist's running attempt, made in a transaction of its own; no agency is active."""
    with tenant(cast.ours.agency):
        exam = make_exam(make_session(cast.ours, [cast.ours.specialist, cast.ours.colleague]))
        return start(exam, cast.ours.specialist)


def url(name, attempt, number=None):
    return reverse(f"training:{name}", args=[attempt.pk] if number is None else [attempt.pk, number])


def kept(cast):
    with tenant(cast.ours.agency):
        return {answer.question_id: answer.chosen for answer in Answer.objects.all()}


def test_begin_from_the_cover(cast, sat, sign_in):
    browser = sign_in(cast.ours.colleague)
    cover = browser.get(reverse("training:exam", args=[sat.exam_id])).content.decode()
    assert "开始考" in cover
    answer = browser.post(reverse("training:exam_start", args=[sat.exam_id]), follow=True)
    page = answer.content.decode()
    assert "第 1 题，共 2 题" in page
    assert f'data-countdown="{at(10, 30).astimezone(dt.UTC).isoformat()}"' in page


def test_an_exam_of_others_is_not_there(cast, sat, sign_in):
    assert sign_in(cast.ours.manager).get(reverse("training:exam", args=[sat.exam_id])).status_code == 404


def test_an_attempt_of_a_colleague_is_not_there(cast, sat, sign_in):
    browser = sign_in(cast.ours.colleague)
    for name, number in (("sitting", 1), ("hand_in", None), ("result", None)):
        assert browser.get(url(name, sat, number)).status_code == 404


def test_without_script_next_keeps_the_answer_and_goes_on(cast, sat, sign_in):
    key = sat.paper[0]["options"][0]
    answer = sign_in(cast.ours.specialist).post(url("sitting", sat, 1), {"chosen": key, "go": "next"})
    assert answer["Location"] == url("sitting", sat, 2)
    assert kept(cast) == {sat.paper[0]["question"]: [key]}


@pytest.mark.parametrize(
    ("number", "go", "onward"),
    [
        (1, "previous", ("sitting", 1)),
        (2, "previous", ("sitting", 1)),
        (2, "next", ("hand_in",)),
        (1, "flag", ("sitting", 1)),
    ],
)
def test_where_each_button_leads(cast, sat, sign_in, number, go, onward):
    answer = sign_in(cast.ours.specialist).post(url("sitting", sat, number), {"go": go})
    assert answer["Location"] == url(onward[0], sat, *onward[1:])


def test_with_htmx_only_the_question_is_swapped(cast, sat, sign_in):
    page = sign_in(cast.ours.specialist).get(url("sitting", sat, 2), headers=HTMX).content.decode()
    assert 'id="sitting"' in page and "<html" not in page


def test_each_change_is_kept_at_once(cast, sat, sign_in):
    key = sat.paper[1]["options"][0]
    answer = sign_in(cast.ours.specialist).post(url("answer", sat, 2), {"chosen": key}, headers=HTMX)
    assert answer.content.decode() == "存好了"
    assert kept(cast) == {sat.paper[1]["question"]: [key]}


def test_the_page_never_says_what_is_right(cast, sat, sign_in):
    page = sign_in(cast.ours.specialist).get(url("sitting", sat, 1)).content.decode()
    assert "调休的周日是工作日" not in page and "正确" not in page


def test_after_the_deadline_nothing_is_kept_and_the_attempt_is_closed(cast, sat, sign_in, clock):
    browser = sign_in(cast.ours.specialist)
    clock.move_to(at(10, 31))
    answer = browser.post(url("answer", sat, 1), {"chosen": sat.paper[0]["options"][0]}, headers=HTMX)
    assert answer["HX-Redirect"] == url("result", sat)
    plain = browser.post(url("sitting", sat, 1), {"chosen": sat.paper[0]["options"][0]})
    assert plain["Location"] == url("result", sat)
    assert kept(cast) == {}
    with tenant(cast.ours.agency):
        assert Attempt.objects.get().closed_by == "clock"


def test_looking_at_the_cover_closes_what_ran_out(cast, sat, sign_in, clock):
    clock.move_to(at(10, 31))
    assert (
        "次数都用完了"
        in sign_in(cast.ours.specialist).get(reverse("training:exam", args=[sat.exam_id])).content.decode()
    )


def test_before_handing_in_what_is_missing_is_said(cast, sat, sign_in):
    browser = sign_in(cast.ours.specialist)
    browser.post(url("sitting", sat, 1), {"chosen": sat.paper[0]["options"][0], "go": "flag"})
    page = browser.get(url("hand_in", sat)).content.decode()
    assert "还有 1 题没答" in page and "1 题标了拿不准" in page


def test_handing_in_shows_the_score_but_no_answers_while_others_sit(cast, sat, sign_in):
    answer = sign_in(cast.ours.specialist).post(url("hand_in", sat), follow=True)
    page = answer.content.decode()
    assert "答对 0 题，错 2 题" in page and "18:00 后公布" in page
    assert "调休的周日是工作日" not in page


def test_after_the_exam_closed_each_mistake_is_explained(cast, sat, sign_in, clock):
    browser = sign_in(cast.ours.specialist)
    with tenant(cast.ours.agency):
        single = Question.objects.get(kind="single").pk
    number = [page["question"] for page in sat.paper].index(single) + 1
    browser.post(url("sitting", sat, number), {"chosen": "b"})
    browser.post(url("hand_in", sat))
    clock.move_to(at(18))
    browser.logout()
    page = sign_in(cast.ours.specialist).get(url("result", sat)).content.decode()
    assert "您选的" in page and "正确" in page and "调休的周日是工作日" in page


def test_the_trainer_writes_a_question_and_sets_an_exam(cast, sign_in):
    with tenant(cast.ours.agency):
        session = make_session(cast.ours, [cast.ours.specialist])
    browser = sign_in(cast.ours.trainer)
    new = reverse("training:question_new", args=[session.course_id])
    data = {"kind": "single", "topic": "调休", "text": "怎么算？", "points": 5, "lines": "甲\n乙"}
    assert "现在有 0 个" in browser.post(new, data).content.decode()
    assert browser.post(new, data | {"lines": "*甲\n乙"}).status_code == 302
    with tenant(cast.ours.agency):
        question = Question.objects.get()
    exam = {
        "title": "11月考试", "minutes": 30, "pass_percent": 80, "attempts_allowed": 1, "questions": [question.pk],
        "opens_at": "2026-11-24T09:00", "closes_at": "2026-11-30T18:00",
    }  # fmt: skip
    page = reverse("training:exam_new", args=[session.pk])
    assert "截止比开放还早" in browser.post(page, exam | {"closes_at": "2026-11-23T18:00"}).content.decode()
    assert "填 1 到 240" in browser.post(page, exam | {"minutes": 999}).content.decode()
    assert browser.post(page, exam).status_code == 302
    with tenant(cast.ours.agency):
        assert session.exams.get().closes_at == at(18, day=30)
        assert cast.ours.specialist.notifications.filter(kind="training.exam.set").exists()


def test_a_question_of_twenty_takes_no_more_queries_than_of_two(cast, sign_in, django_assert_max_num_queries):
    with tenant(cast.ours.agency):
        session = make_session(cast.ours, [cast.ours.specialist])
        exam = make_exam(session, [make_question(session.course) for _ in range(20)])
        attempt = start(exam, cast.ours.specialist)
    browser = sign_in(cast.ours.specialist)
    browser.get(url("sitting", attempt, 1))
    with django_assert_max_num_queries(21):
        browser.get(url("sitting", attempt, 7))
