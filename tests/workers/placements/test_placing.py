import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agency.permissions import visible
from clients.models import Post, Site
from workers.models import Placement, Worker
from workers.placements.placing import current_placement, place
from workers.placements.returns import return_worker

D = dt.date


def other(ours):
    return ours.other_client, Post.objects.get(client=ours.other_client), Site.objects.get(client=ours.other_client)


def test_moving_ends_the_open_placement_that_day(ours):
    client, post, site = other(ours)
    place(ours.worker, client, post, D(2026, 12, 1), ours.manager, site=site)
    assert current_placement(ours.worker, D(2026, 11, 30)).client == ours.client
    assert current_placement(ours.worker, D(2026, 12, 1)).client == client
    assert Placement.objects.filter(worker=ours.worker).count() == 2


def test_a_returned_worker_waits_and_stays_with_the_client_they_came_from(ours):
    placement = Placement.objects.get(worker=ours.worker)
    return_worker(placement, D(2026, 11, 20), "business", ours.specialist)
    day = D(2026, 11, 23)
    assert current_placement(ours.worker, day) is None
    assert ours.worker in Worker.objects.waiting_on(day)
    assert ours.worker in visible(ours.specialist, Worker, day)
    assert ours.worker not in visible(ours.colleague, Worker, day)


def test_with_the_next_placement_the_worker_goes_over_to_its_specialist(ours):
    client, post, _site = other(ours)
    place(ours.worker, client, post, D(2026, 11, 1), ours.manager)
    day = D(2026, 11, 23)
    assert ours.worker not in visible(ours.specialist, Worker, day)
    assert ours.worker in visible(ours.colleague, Worker, day)


def test_whoever_is_to_come_is_seen_before_they_start(ours):
    client, post, _site = other(ours)
    place(ours.worker, client, post, D(2026, 12, 15), ours.manager)
    for staff in (ours.specialist, ours.colleague):
        assert ours.worker in visible(staff, Worker, D(2026, 11, 23))


def test_a_return_needs_a_day_within_the_placement(ours):
    placement = Placement.objects.get(worker=ours.worker)
    with pytest.raises(ValidationError):
        return_worker(placement, D(2025, 12, 31), "agreed", ours.specialist)
    return_worker(placement, D(2026, 11, 20), "agreed", ours.specialist)
    with pytest.raises(ValidationError, match="11月20日"):
        return_worker(placement, D(2026, 11, 25), "agreed", ours.specialist)


def test_without_a_contract_nobody_is_placed(ours):
    client, post, _site = other(ours)
    with pytest.raises(ValidationError) as wrong:
        place(ours.worker, client, post, D(2028, 6, 1), ours.manager)
    assert set(wrong.value.error_dict) == {"from_day"}


def test_post_and_place_are_the_clients_own_and_in_use(ours):
    _client, post, site = other(ours)
    with pytest.raises(ValidationError) as wrong:
        place(ours.worker, ours.client, post, D(2026, 12, 1), ours.manager, site=site)
    assert set(wrong.value.error_dict) == {"post", "site"}


def test_a_fixed_placement_in_the_way_is_not_cut(ours):
    Placement.objects.filter(worker=ours.worker).update(valid_to=D(2027, 1, 1))
    client, post, _site = other(ours)
    with pytest.raises(ValidationError, match="澄光电子"):
        place(ours.worker, client, post, D(2026, 12, 1), ours.manager)


def test_the_database_itself_refuses_two_places_at_once(ours):
    """The proof that the rule does not hang on the function alone."""
    with pytest.raises(IntegrityError, match="placement_one"), transaction.atomic():
        Placement.objects.create(worker=ours.worker, client=ours.client, post=ours.post, valid_from=D(2026, 12, 1))
