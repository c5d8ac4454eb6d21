"""The clock: every night the running month, from the 3rd the month before."""

import pytest
import time_machine

from agency.models import BackgroundJob
from agency.tenancy.context import tenant
from config.schedule import SCHEDULE
from servicedesk.models import ScoreSheet
from servicedesk.scoring.cards import install_default_scorecard
from servicedesk.scoring.tasks import score_last_month, score_period, score_this_month
from tests.servicedesk.scoring.conftest import moment


def test_the_nights_are_in_the_schedule():
    assert SCHEDULE["score-this-month"]["task"] == "servicedesk.scoring.score_this_month"
    assert SCHEDULE["score-this-month"]["schedule"].day_of_month == set(range(1, 32))
    assert min(SCHEDULE["score-last-month"]["schedule"].day_of_month) == 3


@pytest.mark.parametrize(("night", "period"), [(score_this_month, "2026-11"), (score_last_month, "2026-10")])
@time_machine.travel(moment(11, 3, hour=2), tick=False)
def test_every_agency_is_scored_by_itself(cast, night, period, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        night()
    for company in (cast.ours, cast.theirs):
        with tenant(company.agency):
            assert set(ScoreSheet.objects.values_list("period", "staff")) == {
                (period, company.specialist.pk),
                (period, company.colleague.pk),
            }
            assert BackgroundJob.objects.get().result == {"sheets": 2}


@time_machine.travel(moment(11, 3), tick=False)
def test_running_twice_scores_once(cast, django_capture_on_commit_callbacks):
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True), tenant(cast.ours.agency):
            score_period.start(by=cast.ours.manager, period="2026-10")
    with tenant(cast.ours.agency):
        assert ScoreSheet.objects.count() == 2


@time_machine.travel(moment(11, 3), tick=False)
def test_a_month_without_a_card_fails_with_words(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), tenant(cast.ours.agency):
        install_default_scorecard()
        row = score_period.start(by=cast.ours.manager, period="2025-12")
    with tenant(cast.ours.agency):
        ended = BackgroundJob.objects.get(pk=row.pk)
    assert (ended.state, "2025-12" in ended.message) == ("failed", True)
