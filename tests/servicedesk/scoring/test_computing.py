"""A sheet is computed from facts, kept as it was, and follows only when the facts change."""

import copy
import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from agency.models import BusinessEvent
from agency.periods import Period
from servicedesk.models import ScoreLine, ScoreSheet
from servicedesk.scoring.cards import CardError, card_for
from servicedesk.scoring.computing import compute_sheet, pace, scored_staff
from servicedesk.scoring.evaluating import UnknownEngine, evaluate
from servicedesk.scoring.replaying import replay
from tests.servicedesk.scoring.conftest import OCTOBER, finish, hand_in_plans, moment
from tests.servicedesk.talks import talk


def line(sheet, key):
    return sheet.lines.get(key=key)


def test_totals_are_the_sums_of_the_lines_and_unused_lines_cost_nothing(sheet):
    scored = sheet()
    lines = list(scored.lines.all())
    assert scored.max_tenths == sum(line.max_tenths for line in lines) == 1000
    assert scored.total_tenths == sum(line.points_tenths for line in lines)
    unused = {line.key for line in lines if not line.used}
    assert {"exam", "spot_truth", "satisfaction", "confirmed_share", "talk_share"} <= unused
    assert all(line.max_tenths == 0 for line in lines if not line.used)


def test_a_good_month_scores_more_than_an_idle_one(october, sheet):
    idle = sheet()
    finish(october, [step.key for step in card_steps()])
    hand_in_plans(october, moment(9, 28))
    talk(october, worker=october.worker, answer="yes", minutes=400)
    talk(october, answer="yes", minutes=400, number=1)
    good = sheet()
    assert (line(good, "tasks_on_time").points_tenths, line(good, "plan_in_time").points_tenths) == (
        line(good, "tasks_on_time").max_tenths,
        line(good, "plan_in_time").max_tenths,
    )
    assert idle.total_tenths < 100 < good.total_tenths
    assert good.version == 2


def card_steps():
    from servicedesk.models import WorkflowStep

    return WorkflowStep.objects.all()


def test_computing_again_without_a_change_keeps_the_sheet(sheet):
    first = sheet()
    assert sheet().pk == first.pk
    assert ScoreSheet.objects.count() == 1
    assert BusinessEvent.objects.filter(name="scoring.sheet.computed").count() == 1


def test_a_change_makes_the_next_version_and_the_old_one_stays(october, sheet):
    first = sheet()
    finish(october, ["roster"])
    second = sheet()
    first.refresh_from_db()
    assert (first.version, first.is_latest, second.version, second.is_latest) == (1, False, 2, True)
    assert replay(first).holds
    assert replay(second).holds
    assert list(ScoreSheet.objects.latest().of_period(OCTOBER)) == [second]


def test_a_past_month_does_not_change_with_the_days(sheet, clock):
    first = sheet()
    clock(11, 4)
    # The work report of October falls due on the second workday of November: only then may the sheet change.
    assert sheet().pk == first.pk


def test_a_sheet_is_replayed_bit_for_bit_from_its_snapshot_alone(october, sheet, django_assert_num_queries):
    scored = sheet()
    finish(october, ["roster", "attendance"])
    card_for(OCTOBER).lines.filter(key="tasks_on_time").update(points=99)
    scored.refresh_from_db()
    with django_assert_num_queries(1):  # the lines that were written down, to compare with
        again = replay(scored)
    assert again.holds
    assert again.result.total_tenths == scored.total_tenths


def test_a_tampered_snapshot_shows(sheet):
    scored = sheet()
    scored.inputs = copy.deepcopy(scored.inputs)
    scored.inputs["measured"]["tasks_on_time"]["numerator"] += 14
    found = replay(scored)
    assert (found.inputs_intact, found.same_points, found.holds) == (False, False, False)


def test_another_arithmetic_is_refused_rather_than_guessed(sheet):
    with pytest.raises(UnknownEngine):
        evaluate({**sheet().inputs, "engine": 99})


@pytest.mark.parametrize("change", [{"total_tenths": 1000}, {"inputs": {}}, {"computed_at": moment(11, 9)}])
def test_the_database_refuses_to_edit_a_sheet(sheet, change):
    scored = sheet()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        ScoreSheet.objects.filter(pk=scored.pk).update(**change)


def test_the_database_refuses_to_edit_or_delete_lines_and_sheets(sheet):
    scored = sheet()
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        ScoreLine.objects.filter(sheet=scored).update(points_tenths=0)
    with pytest.raises(DatabaseError, match="or delete rows"), transaction.atomic():
        ScoreLine.objects.filter(sheet=scored)._raw_delete("default")
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        ScoreSheet.objects.filter(pk=scored.pk)._raw_delete("default")


def test_only_those_who_served_a_client_are_scored(ours):
    assert set(scored_staff(OCTOBER)) == {ours.specialist, ours.colleague}
    assert scored_staff(Period(2025, 12)) == []


def test_a_month_before_any_card_says_what_to_do(ours, clock):
    card_for(OCTOBER)
    with pytest.raises(CardError, match="2025-12"):
        compute_sheet(ours.specialist, Period(2025, 12))


def test_the_pace_of_a_month(ours):
    """October 2026 has 18 workdays; the 21st is the 11th of them, and the holidays of the first week are none."""
    assert pace(OCTOBER, dt.date(2026, 10, 21)) == [11, 18]
    assert pace(OCTOBER, dt.date(2026, 10, 2)) == [1, 18]
    assert pace(OCTOBER, dt.date(2026, 10, 31)) == [18, 18]
    assert pace(OCTOBER, dt.date(2026, 11, 1)) == [1, 1]
