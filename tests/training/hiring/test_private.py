import datetime as dt

import pytest

from agency.models import BusinessEvent
from agency.tenancy.context import tenant
from tests.training.making import at, make_candidate, scores
from training.hiring.models import CandidatePrivate
from training.hiring.private import contact_for, erase_due
from training.hiring.rating import submit_rating
from training.hiring.tasks import erase_candidates


@pytest.fixture
def decided(ours):
    """Decided on 2026-11-23: kept until 2027-05-23, erased on the day after."""
    candidate = make_candidate(ours)
    for rating in candidate.ratings.all():
        submit_rating(rating, scores(4))
    return candidate


def test_half_a_year_after_the_decision_name_phone_and_major_go(ours, decided):
    assert erase_due(dt.date(2027, 5, 23)) == 0
    assert erase_due(dt.date(2027, 5, 24)) == 1
    private = CandidatePrivate.objects.get()
    assert (private.name, private.phone, private.major, private.gender) == ("", "", "", "female")
    assert contact_for(ours.trainer, decided) is None
    assert BusinessEvent.objects.get(name="hiring.candidates.erased").data == {"count": 1}


def test_erasing_again_changes_nothing(ours, decided):
    assert [erase_due(dt.date(2027, 6, 1)), erase_due(dt.date(2027, 6, 2))] == [1, 0]


def test_an_application_nobody_decided_is_erased_too(ours):
    make_candidate(ours)
    assert erase_due(dt.date(2027, 5, 11)) == 1


def test_what_is_erased_leaves_no_copy_in_a_history():
    assert not hasattr(CandidatePrivate, "pgh_event_model")


def test_the_beat_erases(cast, ours, decided, clock):
    clock.move_to(at(3).replace(year=2027, month=6))
    with tenant(ours.agency):
        assert erase_candidates.apply().get() == 1
