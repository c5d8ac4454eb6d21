"""A rater sees neither what must not count nor another's rating before their own is in."""

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agency.tenancy.context import tenant
from tests.training.making import make_candidate, scores
from training.hiring.models import Rating
from training.hiring.private import contact_for, names_for
from training.hiring.queries import ratings_shown_to
from training.hiring.rating import submit_rating

HIRING = Path(__file__).resolve().parents[3] / "training" / "hiring"
SECRET = ("顾晓", "园艺", "13812345678", "女", "female")
MAY_READ_PRIVATE = {"private", "entering", "fairness", "forms"}


def shown(staff, candidate):
    return {rating.rater for rating in ratings_shown_to(staff, candidate)}


def test_nobody_sees_anothers_rating_before_their_own_is_in(ours):
    candidate = make_candidate(ours)
    of_manager, of_reviewer = candidate.ratings.order_by("pk")
    submit_rating(of_manager, scores(5))
    assert shown(ours.reviewer, candidate) == {ours.reviewer}
    submit_rating(of_reviewer, scores(4))
    assert shown(ours.reviewer, candidate) == {ours.manager, ours.reviewer}


def test_who_has_rated_sees_only_what_is_handed_in(ours):
    candidate = make_candidate(ours)
    submit_rating(candidate.ratings.order_by("pk")[0], scores(5))
    assert shown(ours.manager, candidate) == {ours.manager}


def test_who_may_become_the_third_sees_nothing_before_the_outcome(ours):
    candidate = make_candidate(ours, by=ours.administrator)
    first, second = candidate.ratings.order_by("pk")
    submit_rating(first, scores(2))
    submit_rating(second, scores(4))
    assert shown(ours.trainer, candidate) == set()


def test_after_the_outcome_those_who_see_outcomes_see_the_ratings(ours):
    candidate = make_candidate(ours, by=ours.administrator)
    for rating in candidate.ratings.all():
        submit_rating(rating, scores(4))
    assert shown(ours.trainer, candidate) == {ours.manager, ours.reviewer}
    assert shown(ours.payroll_officer, candidate) == set()


def test_the_guard_could_fail(ours):
    """The proof: without the query function the other's rating is there to be read."""
    candidate = make_candidate(ours)
    submit_rating(candidate.ratings.order_by("pk")[0], scores(5))
    assert Rating.objects.filter(candidate=candidate, rater=ours.manager).exclude(scores={}).exists()


@pytest.mark.parametrize("role", ["reviewer", "manager"])
def test_the_pages_of_a_rater_never_load_the_private_table(cast, sign_in, role):
    with tenant(cast.ours.agency):
        rating = make_candidate(cast.ours).ratings.get(rater=cast.ours.staff[role])
    browser = sign_in(cast.ours.staff[role])
    for url in (reverse("training:candidates"), reverse("training:rate", args=[rating.pk])):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = browser.get(url).content.decode()
        main = page[page.index("<main") :]
        assert not [query for query in queries if "candidateprivate" in query["sql"]]
        assert not [secret for secret in SECRET if secret in main]


def test_the_private_table_would_show_if_it_were_loaded(ours):
    """The proof: whoever entered the candidate does load it, and the same capture finds it."""
    candidate = make_candidate(ours)
    with CaptureQueriesContext(connection) as queries:
        assert contact_for(ours.trainer, candidate).phone == "13812345678"
    assert [query for query in queries if "candidateprivate" in query["sql"]]


def test_names_are_known_to_whoever_entered_them_until_the_outcome(ours):
    candidate = make_candidate(ours, by=ours.administrator)
    assert names_for(ours.administrator, [candidate]) == {candidate.pk: "顾晓"}
    assert names_for(ours.manager, [candidate]) == {}
    for rating in candidate.ratings.all():
        submit_rating(rating, scores(4))
    candidate = type(candidate).objects.select_related("outcome").get(pk=candidate.pk)
    assert names_for(ours.manager, [candidate]) == {candidate.pk: "顾晓"}
    assert names_for(ours.reviewer, [candidate]) == {}


def test_no_other_module_reads_the_private_table():
    readers = set()
    for path in HIRING.glob("*.py"):
        names = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
        if "CandidatePrivate" in names:
            readers.add(path.stem)
    assert readers == MAY_READ_PRIVATE
