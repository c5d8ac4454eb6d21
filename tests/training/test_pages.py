"""The pages of training and hiring in a browser: readable for all, no sideways scrolling, an exam sat with taps."""

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from agency.tenancy.context import tenant
from tests.design.test_pages import DESKTOP, PHONE, RULES, visit  # noqa: F401  (a fixture)
from tests.training.making import NOW, make_candidate, make_exam, make_session, scores
from training.exams.closing import submit
from training.exams.models import Answer, Attempt
from training.exams.sitting import save_answer, start
from training.hiring.rating import submit_rating

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def clock():
    """It is 2026-11-23 10:00 and time goes on: a browser waits."""
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def places(cast):
    """One of everything; the name of a page → (who looks, its URL)."""
    ours = cast.ours
    with tenant(ours.agency):
        session = make_session(ours, [ours.specialist, ours.colleague])
        exam = make_exam(session)
        running = start(exam, ours.specialist)
        done = start(exam, ours.colleague)
        save_answer(done, done.paper[0]["question"], [done.paper[0]["options"][0]])
        submit(done)
        decided, open_one = make_candidate(ours, interview_at=NOW), make_candidate(ours)
        for rating in decided.ratings.all():
            submit_rating(rating, scores(3, 4, 4, 4, 4), "讲得清楚，问到了关键。")
        rating = open_one.ratings.get(rater=ours.reviewer)
    return {
        "courses": (ours.trainer, reverse("training:courses")),
        "course_list": (ours.trainer, reverse("training:course_list")),
        "bank": (ours.trainer, reverse("training:bank", args=[session.course_id])),
        "session_new": (ours.trainer, reverse("training:session_new")),
        "session": (ours.trainer, reverse("training:session", args=[session.pk])),
        "exam_new": (ours.trainer, reverse("training:exam_new", args=[session.pk])),
        "question_new": (ours.trainer, reverse("training:question_new", args=[session.course_id])),
        "mine": (ours.specialist, reverse("training:mine")),
        "exam": (ours.colleague, reverse("training:exam", args=[exam.pk])),
        "sitting": (ours.specialist, reverse("training:sitting", args=[running.pk, 1])),
        "hand_in": (ours.specialist, reverse("training:hand_in", args=[running.pk])),
        "result": (ours.colleague, reverse("training:result", args=[done.pk])),
        "candidates": (ours.trainer, reverse("training:candidates")),
        "candidate_new": (ours.trainer, reverse("training:candidate_new")),
        "candidate": (ours.manager, reverse("training:candidate", args=[decided.pk])),
        "rate": (ours.reviewer, reverse("training:rate", args=[rating.pk])),
        "fairness": (ours.manager, reverse("training:fairness")),
    }


@pytest.mark.parametrize(("viewport", "theme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_pages_are_readable_for_all(visit, places, viewport, theme):  # noqa: F811
    for name, (staff, url) in places.items():
        page = visit(url, viewport, theme, staff)
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], name


def test_an_exam_is_sat_with_taps_and_every_tap_is_kept(visit, places, cast):  # noqa: F811
    staff, url = places["sitting"]
    page = visit(url, {"width": 390, "height": 844}, staff=staff)
    assert page.locator("[data-countdown]").inner_text()[:2] in {"29", "30"}
    page.locator(".option").first.click()
    page.get_by_text("存好了").wait_for()
    with tenant(cast.ours.agency):
        assert len(Answer.objects.get(attempt__staff=staff).chosen) == 1
    page.get_by_role("button", name="下一题").click()
    page.get_by_role("heading", name="第 2 题，共 2 题").wait_for()
    assert page.url.endswith("/2/")
    page.go_back()
    page.get_by_role("heading", name="第 1 题，共 2 题").wait_for()
    assert page.locator(".option input:checked").count() == 1
    page.get_by_role("button", name="下一题").click()
    page.get_by_role("button", name="检查交卷").click()
    page.get_by_role("button", name="交卷", exact=True).click()
    page.wait_for_url("**/result/")


def test_when_the_time_is_up_the_page_hands_in_by_itself(visit, places, cast):  # noqa: F811
    staff, url = places["sitting"]
    with tenant(cast.ours.agency):
        Attempt.objects.filter(staff=staff).update(deadline=NOW.replace(minute=1))
    with time_machine.travel(NOW.replace(second=57)):
        page = visit(url, {"width": 390, "height": 844}, staff=staff)
        page.wait_for_url("**/result/", timeout=15_000)
        assert "到点自动交卷" in page.content()


def test_one_tap_takes_the_roll(visit, places, cast):  # noqa: F811
    staff, url = places["session"]
    page = visit(url, staff=staff)
    page.get_by_role("button", name=f"{cast.ours.specialist.name}: 到了").click()
    page.locator('button[aria-pressed="true"]').wait_for()
