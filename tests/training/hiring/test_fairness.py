import datetime as dt

from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from agency.tenancy.context import tenant
from tests.training.making import make_candidate, scores
from training.hiring.fairness import SMALLEST_GROUP, by_education, by_gender, compare
from training.hiring.private import erase_due
from training.hiring.rating import submit_rating


def decided(company, count, value, **values):
    for _ in range(count):
        for rating in make_candidate(company, **values).ratings.all():
            submit_rating(rating, scores(value))


def rows(*groups):
    """(label, decided, suitable) …"""
    return [(label, number < suitable) for label, all_of, suitable in groups for number in range(all_of)]


def test_equal_rates_are_alike():
    assert [(g.label, g.rate, g.ratio, g.is_low) for g in compare(rows(("女", 10, 5), ("男", 6, 3)))] == [
        ("女", 50, 100, False),
        ("男", 50, 100, False),
    ]


def test_four_fifths_are_still_alike_and_less_is_marked():
    assert [g.is_low for g in compare(rows(("女", 10, 8), ("男", 10, 10)))] == [False, False]
    assert [(g.ratio, g.is_low) for g in compare(rows(("女", 10, 7), ("男", 10, 10)))] == [(70, True), (100, False)]


def test_when_nobody_is_suitable_nobody_is_treated_worse():
    assert [g.ratio for g in compare(rows(("女", 5, 0), ("男", 5, 0)))] == [100, 100]


def test_a_group_of_four_hides_the_table():
    assert compare(rows(("女", 20, 10), ("男", 4, 2))) is None


def test_one_group_is_no_comparison():
    assert compare(rows(("女", 20, 10))) is None


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.booleans()), max_size=40))
def test_no_group_shown_is_ever_small(people):
    groups = compare(people)
    if groups is not None:
        assert all(group.decided >= SMALLEST_GROUP for group in groups)
        assert max(group.ratio for group in groups) == 100


def test_by_gender_and_education_over_the_decided(ours):
    decided(ours, 5, 4, gender="female", education="bachelor")
    decided(ours, 5, 2, gender="male", education="junior_college")
    decided(ours, 1, 4, gender="unsaid", education="bachelor")
    make_candidate(ours, gender="male", education="master")
    assert [(g.label, g.decided, g.selected) for g in by_gender()] == [("女", 5, 5), ("男", 5, 0)]
    assert [(g.label, g.decided, g.selected) for g in by_education()] == [("大专", 5, 0), ("本科", 6, 6)]


def test_the_erased_still_count(ours):
    decided(ours, 5, 4, gender="female")
    decided(ours, 5, 4, gender="male")
    assert erase_due(dt.date(2028, 1, 1)) == 10
    assert [g.decided for g in by_gender()] == [5, 5]


def test_the_page_shows_groups_and_no_person(cast, sign_in):
    with tenant(cast.ours.agency):
        decided(cast.ours, 5, 4, gender="female")
        decided(cast.ours, 5, 2, gender="male")
    page = sign_in(cast.ours.manager).get(reverse("training:fairness")).content.decode()
    assert "不到八成" in page and "顾晓" not in page and "候选人 1 号" not in page
