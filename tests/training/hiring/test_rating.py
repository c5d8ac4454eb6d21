import pytest

from agency.models import BusinessEvent
from tests.training.making import make_candidate, scores
from training.hiring.entering import assign_third
from training.hiring.models import Outcome
from training.hiring.rating import submit_rating
from training.problems import TrainingError


@pytest.fixture
def candidate(ours):
    return make_candidate(ours, by=ours.administrator)


def rate(candidate, *given):
    waiting = list(candidate.ratings.waiting().order_by("pk"))
    return [submit_rating(rating, one) for rating, one in zip(waiting, given, strict=False)]


def test_one_rating_decides_nothing(candidate):
    rate(candidate, scores(5))
    assert not Outcome.objects.exists()


def test_the_second_lets_the_rule_speak_and_keeps_its_workings(candidate):
    rate(candidate, scores(4), scores(3, 4, 4, 4, 4))
    outcome = Outcome.objects.get()
    assert (outcome.decision, outcome.rule_version) == ("suitable", "2026-1")
    assert outcome.workings["medians_tenths"]["comprehension"] == 35
    assert outcome.workings["mean_tenths"] == 39
    assert [given for _rater, given in outcome.workings["ratings"]] == [scores(4), scores(3, 4, 4, 4, 4)]
    assert BusinessEvent.objects.get(name="hiring.candidate.decided").data["rule"] == "2026-1"


def test_far_apart_waits_for_a_third_whose_word_decides(ours, candidate):
    rate(candidate, scores(2), scores(4))
    assert not Outcome.objects.exists()
    assert ours.administrator.notifications.filter(kind="hiring.candidate.third").exists()
    assign_third(candidate, ours.trainer, ours.administrator)
    rate(candidate, scores(4))
    assert Outcome.objects.get().decision == "suitable"


def test_a_rating_is_handed_in_once(candidate):
    (rating,) = rate(candidate, scores(4))
    with pytest.raises(TrainingError, match="不能改"):
        submit_rating(rating, scores(5))


@pytest.mark.parametrize("given", [{}, scores(6), scores(0), {**scores(4), "looks": 5}, {"comprehension": 4}])
def test_all_five_from_one_to_five_and_nothing_else(candidate, given):
    with pytest.raises(TrainingError, match="五项都要评"):
        submit_rating(candidate.ratings.first(), given)
