import datetime as dt

import pytest
from django.urls import reverse

from agency.tenancy.context import tenant
from tests.training.making import make_course, make_exam, make_session
from training.models import Attendance, Session


@pytest.fixture
def session(cast):
    with tenant(cast.ours.agency):
        return make_session(cast.ours, [cast.ours.specialist, cast.ours.colleague])


def test_the_trainer_plans_a_session_and_asks_people(cast, sign_in):
    with tenant(cast.ours.agency):
        course = make_course()
    browser = sign_in(cast.ours.trainer)
    page = browser.get(reverse("training:session_new")).content.decode()
    assert cast.ours.specialist.name in page
    answer = browser.post(
        reverse("training:session_new"),
        {
            "course": course.pk,
            "held_on": "2026-12-03",
            "starts_at": "14:00",
            "ends_at": "15:30",
            "place": "总部二楼",
            "trainer": cast.ours.trainer.pk,
            "people": [cast.ours.specialist.pk],
        },
    )
    with tenant(cast.ours.agency):
        made = Session.objects.get()
        assert answer["Location"] == reverse("training:session", args=[made.pk])
        assert made.attendances.get().staff == cast.ours.specialist


def test_a_session_that_ends_before_it_starts_is_refused_with_words(cast, sign_in):
    with tenant(cast.ours.agency):
        course = make_course()
    data = {"course": course.pk, "held_on": "2026-12-03", "starts_at": "15:00", "ends_at": "14:00", "place": "总部"}
    answer = sign_in(cast.ours.trainer).post(reverse("training:session_new"), data)
    assert answer.status_code == 422
    assert "结束比开始还早" in answer.content.decode()


def test_one_tap_marks_and_the_same_tap_takes_it_back(cast, session, sign_in):
    browser = sign_in(cast.ours.trainer)
    with tenant(cast.ours.agency):
        row = session.attendances.get(staff=cast.ours.specialist)
    url = reverse("training:attendance_mark", args=[row.pk])
    states = []
    for _ in range(2):
        answer = browser.post(url, {"state": "present"}, headers={"HX-Request": "true"})
        assert 'id="roll"' in answer.content.decode() and "<html" not in answer.content.decode()
        with tenant(cast.ours.agency):
            states.append(Attendance.objects.get(pk=row.pk).state)
    assert states == ["present", "invited"]


def test_without_script_the_tap_leads_back_to_the_page(cast, session, sign_in):
    with tenant(cast.ours.agency):
        row = session.attendances.get(staff=cast.ours.specialist)
    answer = sign_in(cast.ours.trainer).post(reverse("training:attendance_mark", args=[row.pk]), {"state": "absent"})
    assert answer["Location"] == reverse("training:session", args=[session.pk])


def test_a_specialist_sees_no_roll_and_no_results_of_others(cast, session, sign_in):
    with tenant(cast.ours.agency):
        make_exam(session)
    page = sign_in(cast.ours.specialist).get(reverse("training:session", args=[session.pk])).content.decode()
    assert cast.ours.colleague.name not in page
    assert "去看考试" in page


def test_the_manager_sees_the_roll_but_cannot_take_it(cast, session, sign_in):
    page = sign_in(cast.ours.manager).get(reverse("training:session", args=[session.pk])).content.decode()
    assert cast.ours.colleague.name in page
    assert reverse("training:session_edit", args=[session.pk]) not in page


def test_my_trainings_show_what_is_to_come_and_the_open_exam(cast, session, sign_in):
    with tenant(cast.ours.agency):
        exam = make_exam(session)
        make_session(cast.ours, [cast.ours.specialist], held_on=dt.date(2026, 11, 27), course=make_course("工伤"))
    page = sign_in(cast.ours.specialist).get(reverse("training:mine")).content.decode()
    assert "工伤" in page and reverse("training:exam", args=[exam.pk]) in page


@pytest.mark.parametrize(("name", "most"), [("training:courses", 22), ("training:mine", 24)])
def test_pages_take_few_queries_however_many_sessions(cast, sign_in, django_assert_max_num_queries, name, most):
    with tenant(cast.ours.agency):
        for month in range(1, 13):
            held = make_session(cast.ours, [cast.ours.specialist], held_on=dt.date(2026, month, 5))
            make_exam(held)
    browser = sign_in(cast.ours.specialist)
    browser.get(reverse(name))
    with django_assert_max_num_queries(most):
        browser.get(reverse(name))
