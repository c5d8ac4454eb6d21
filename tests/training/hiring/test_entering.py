import pytest
from django.db import connection

from agency.models import Notification
from tests.training.making import make_candidate, scores
from training.hiring.entering import assign_third, change_rater
from training.hiring.models import Candidate, Rating
from training.hiring.rating import submit_rating
from training.problems import TrainingError


def test_a_candidate_gets_the_next_number_and_two_raters(ours):
    first, second = make_candidate(ours), make_candidate(ours)
    assert (first.number, second.number) == (1, 2)
    assert [rating.rater for rating in first.ratings.order_by("pk")] == [ours.manager, ours.reviewer]
    assert Notification.objects.filter(kind="hiring.rating.asked").count() == 4


def test_whoever_entered_the_candidate_does_not_rate(ours):
    with pytest.raises(TrainingError, match="知道得太多"):
        make_candidate(ours, [ours.trainer, ours.manager])


def test_who_may_not_rate_is_not_asked(ours):
    with pytest.raises(TrainingError, match="没有面试评分的权限"):
        make_candidate(ours, [ours.specialist, ours.manager])


@pytest.mark.parametrize("who", [["manager"], ["manager", "manager"], ["manager", "reviewer", "administrator"]])
def test_two_raters_and_not_the_same(ours, who):
    with pytest.raises(TrainingError, match="2 个不同的人"):
        make_candidate(ours, [ours.staff[name] for name in who])


def test_a_third_only_when_two_are_far_apart(ours):
    candidate = make_candidate(ours, [ours.manager, ours.reviewer], by=ours.administrator)
    with pytest.raises(TrainingError, match="差得大"):
        assign_third(candidate, ours.trainer, ours.administrator)
    for rating, given in zip(candidate.ratings.order_by("pk"), (scores(2), scores(4)), strict=True):
        submit_rating(rating, given)
    assert assign_third(candidate, ours.trainer, ours.administrator).rater == ours.trainer


def test_a_rater_who_has_not_rated_can_be_replaced(ours):
    candidate = make_candidate(ours, by=ours.administrator)
    waiting, done = candidate.ratings.order_by("pk")
    submit_rating(done, scores(4))
    assert change_rater(waiting, ours.trainer, ours.administrator).rater == ours.trainer
    with pytest.raises(TrainingError, match="不能换人"):
        change_rater(done, ours.trainer, ours.administrator)
    assert Rating.objects.count() == 2


def test_names_stand_encrypted_in_a_table_of_their_own(ours):
    make_candidate(ours)
    with connection.cursor() as cursor:
        cursor.execute("select name, phone, major from training_candidateprivate")
        assert not {"顾晓", "13812345678", "园艺"} & set(cursor.fetchone())
    assert not {"name", "gender", "major", "phone"} & {field.name for field in Candidate._meta.fields}
