"""The manager's page: real figures, the worst first, everything a link, and few queries."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agency.tenancy.context import tenant
from servicedesk.dashboards.charts import distribution, trend
from servicedesk.dashboards.figures import Month
from servicedesk.dashboards.first_things import first_things
from servicedesk.dashboards.heat import heat_of
from servicedesk.dashboards.kpis import kpis
from servicedesk.models import CommunicationLog, SpotCheckItem, Task
from servicedesk.review.checks import draw_check, install_default_policy, record_outcome
from servicedesk.scoring.computing import compute_sheet
from tests.servicedesk.dashboards.conftest import NOVEMBER, OCTOBER, build_team

DASHBOARD = "servicedesk:dashboard"


def page(company, sign_in, **query):
    answer = sign_in(company.manager).get(reverse(DASHBOARD), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_worst_row_stands_on_top(team):
    rows = heat_of(Month(NOVEMBER, team.agency)).rows
    weights = [row.weight for row in rows]
    assert weights == sorted(weights, reverse=True)
    assert weights[0][0] > weights[-1][0]


def test_a_late_cell_says_how_many_days_and_opens_its_task(team):
    cell = next(
        cell for row in heat_of(Month(NOVEMBER, team.agency)).rows for cell in row.cells if cell.state == "late"
    )
    assert re.search(r"\d", cell.text)
    assert cell.label


def test_a_done_cell_counts_tasks_and_a_future_one_shows_nothing(team):
    Task.objects.of_period(NOVEMBER).filter(step__key="roster").update(state="done", done_at="2026-11-05T01:00Z")
    heat = heat_of(Month(NOVEMBER, team.agency))
    place = next(n for n, column in enumerate(heat.columns) if column.step.key == "roster")
    assert {row.cells[place].state for row in heat.rows} == {"done"}
    assert heat.rows[0].cells[place].text in ("3/3", "1/1")


def test_what_presses_most_comes_first(team):
    things, count = first_things(Month(NOVEMBER, team.agency))
    assert count >= len(things) > 0
    assert [thing.weight for thing in things] == sorted((thing.weight for thing in things), reverse=True)


def test_the_figures_on_top_are_sums_over_everybody(team):
    month = Month(NOVEMBER, team.agency)
    people = month.people.values()
    talked = kpis(month)[1]
    met, there = sum(len(p.met & p.there) for p in people), sum(len(p.there) for p in people)
    assert talked.value.rstrip("%").split(".")[0] == str((2000 * met + there) // (2 * there) // 10)
    assert kpis(month)[4].value == "—"


def test_spot_checks_show_once_there_are_some(team):
    install_default_policy()
    for item in draw_check(NOVEMBER, team.reviewer, seed="1").items.all():
        record_outcome(item, SpotCheckItem.Outcome.TRUE, "", team.reviewer)
    assert kpis(Month(NOVEMBER, team.agency))[4].value == "100%"


def test_the_page_shows_every_section(team, sign_in):
    shown = page(team, sign_in)
    for words in ("谁落后了", "先办这几件", "时间花在哪", "团队平均分", "得分最低的"):
        assert words in shown
    assert shown.count('class="heat"') == 1
    assert shown.count('<svg class="chart"') == 2


def test_an_agency_without_a_month_is_told_what_will_appear(ours, sign_in):
    shown = page(ours, sign_in, period="2025-12")
    assert '<svg class="chart"' not in shown
    assert shown.count("—") >= 5


def test_nobody_elses_people_are_on_the_page(team, cast, sign_in):
    with tenant(cast.theirs.agency):
        compute_sheet(cast.theirs.specialist, OCTOBER)
    assert cast.theirs.specialist.name not in page(team, sign_in)


def reads(browser):
    """Count what one call of the page reads from tables; marks of transactions and of the tenant are not asked for."""
    with CaptureQueriesContext(connection) as asked:
        browser.get(reverse(DASHBOARD))
    return sum(" FROM " in query["sql"] for query in asked)


def test_the_page_asks_few_questions_however_large_the_team(ours, sign_in):
    browser = sign_in(ours.manager)
    build_team(2, 1, 2)
    small = reads(browser)
    build_team(8, 5, 2, start=10)
    assert reads(browser) == small < 25


def test_the_count_would_notice_a_question_a_person(team):
    """The guard can fail: asking each person's talks one by one is seen."""
    with CaptureQueriesContext(connection) as asked:
        for person in Month(NOVEMBER, team.agency).people:
            CommunicationLog.objects.of_period(NOVEMBER).filter(staff=person).count()
    assert sum(" FROM " in query["sql"] for query in asked) > 10


def test_scores_fall_into_their_classes():
    assert [column.count for column in distribution([700, 749, 750, 899, 900, 950, 1000])] == [2, 1, 0, 1, 1, 2]
    tall = distribution([920] * 40)[4]
    assert min(tall.squares) >= 16


def test_the_trend_is_the_mean_of_each_month():
    line = trend({OCTOBER: [800, 901], NOVEMBER: [880], NOVEMBER.next(): []})
    assert [(point.mean, point.period) for point in line.points] == [(851, OCTOBER), (880, NOVEMBER)]
    assert line.change == 29
    assert line.points[0].y > line.points[1].y > line.goal_y
    assert trend({}).points == []
