"""Who sees which score, and how a figure opens what it rests on."""

import pytest
from django.urls import reverse

from agency.models import BackgroundJob
from servicedesk.models import ScoreLine
from servicedesk.scoring.computing import compute_sheet
from servicedesk.scoring.explaining import Explanation, best_gains
from servicedesk.scoring.score_page import page_of
from servicedesk.scoring.uncertainty import standings
from tests.servicedesk.scoring.conftest import OCTOBER, finish, moment
from tests.servicedesk.talks import talk


@pytest.fixture
def scored(october):
    """Our two specialists' October: ours did the roster late and talked, the colleague did nothing."""
    finish(october, ["roster"], moment(10, 30))
    finish(october, ["attendance"])
    talk(october, worker=october.worker, answer="yes", minutes=30)
    compute_sheet(october.colleague, OCTOBER)
    return compute_sheet(october.specialist, OCTOBER)


def ask(browser, name, pk=None, **query):
    return browser.get(reverse(f"servicedesk:{name}", kwargs={"pk": pk} if pk else {}), {"period": "2026-10", **query})


def test_a_specialist_reads_their_own_score_and_nobody_elses(october, scored, sign_in):
    browser = sign_in(october.specialist)
    assert f"{scored.total_tenths // 10}.{scored.total_tenths % 10}" in ask(browser, "my_score").content.decode()
    assert ask(browser, "score", october.colleague.pk).status_code == 403
    assert ask(browser, "scores").status_code == 403
    others = ScoreLine.objects.filter(sheet__staff=october.colleague).first()
    assert ask(browser, "score_line", others.pk).status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "manager"])
def test_head_office_reads_everybodys(october, scored, sign_in, role):
    browser = sign_in(october.staff[role])
    assert ask(browser, "score", october.specialist.pk).status_code == 200
    shown = ask(browser, "scores").content.decode()
    assert october.specialist.name in shown
    assert october.colleague.name in shown


def test_a_line_opens_its_records(october, scored, sign_in):
    late = scored.lines.get(key="tasks_on_time")
    shown = ask(sign_in(october.manager), "score_line", late.pk).content.decode()
    assert "澄光电子 核对名册" in shown
    drawer = sign_in(october.manager).get(
        reverse("servicedesk:score_line", args=[late.pk]), headers={"HX-Request": "true"}
    )
    assert "<html" not in drawer.content.decode()


def test_every_line_is_explained_in_sentences(scored):
    for line in scored.lines.all():
        said = Explanation(line, scored.inputs).sentences()
        assert len(said) >= 2
        assert "%(" not in "".join(said)


def test_the_points_in_the_sentence_are_the_points_of_the_line(scored):
    line = scored.lines.get(key="tasks_on_time")
    said = " ".join(Explanation(line, scored.inputs).sentences())
    assert f"{line.points_tenths // 10}.{line.points_tenths % 10}" in said


def test_what_raises_the_score_most_stands_first(scored):
    gains = best_gains([Explanation(line, scored.inputs) for line in scored.lines.all()])
    assert [gain.tenths for gain in gains] == sorted((gain.tenths for gain in gains), reverse=True)
    assert len(gains) == 3
    assert gains[0].tenths == max(line.lost_tenths for line in scored.lines.all())


def test_how_many_more_reach_the_target_is_exact(october, scored):
    """Of the tasks that count, 98 % must be in time; one fewer than the number named would not be enough."""
    line = scored.lines.get(key="tasks_on_time")
    missing = Explanation(line, scored.inputs).missing
    assert (line.numerator + missing) * 100 >= 98 * line.denominator > (line.numerator + missing - 1) * 100


def test_minutes_of_talk_add_to_both_sides_of_their_share(october, scored):
    line = scored.lines.get(key="talk_share")
    missing = Explanation(line, scored.inputs).missing
    assert 3 * (line.numerator + missing) >= 2 * (line.denominator + missing)
    assert 3 * (line.numerator + missing - 1) < 2 * (line.denominator + missing - 1)


def test_the_page_says_that_the_sheet_can_be_computed_again(october, scored, sign_in):
    assert page_of(scored).proof.holds
    assert "一分不差" in ask(sign_in(october.manager), "score", october.specialist.pk).content.decode()


def test_a_month_without_a_score_says_when_there_will_be_one(october, sign_in):
    assert "这个月还没出分" in ask(sign_in(october.specialist), "my_score").content.decode()


def test_only_the_manager_starts_the_computing(october, sign_in, django_capture_on_commit_callbacks):
    run = reverse("servicedesk:score_run")
    assert sign_in(october.reviewer).post(run, {"period": "2026-10"}).status_code == 403
    answer = sign_in(october.manager).post(run, {"period": "2026-10"})
    started = BackgroundJob.objects.get()
    assert answer.url == reverse("agency:job", kwargs={"pk": started.pk})
    assert started.arguments == {"period": "2026-10"}


def test_the_rules_are_readable(october, scored, sign_in):
    shown = ask(sign_in(october.specialist), "scorecard").content.decode()
    assert "退回一次扣 2.0 分" in shown


def test_scores_that_overlap_share_a_place(scored):
    ahead, level, behind = (type(scored)(total_tenths=t, max_tenths=1000, staff=scored.staff) for t in (900, 880, 500))
    ranks = {s.sheet.total_tenths: (s.first, s.last) for s in standings([(ahead, 3.0), (level, 3.0), (behind, 3.0)])}
    assert ranks == {900: (1, 2), 880: (1, 2), 500: (3, 3)}


def test_a_score_that_rests_on_little_is_drawn_further(scored):
    sheets = [type(scored)(total_tenths=t, max_tenths=1000, staff=scored.staff) for t in (950, 950, 600, 620, 900)]
    errors = [1.0, 12.0, 2.0, 2.0, 2.0]
    drawn = {id(s.sheet): s.drawn for s in standings(list(zip(sheets, errors, strict=True)))}
    assert drawn[id(sheets[1])] < drawn[id(sheets[0])] < 95


def test_without_sheets_there_is_no_ranking():
    assert standings([]) == []
