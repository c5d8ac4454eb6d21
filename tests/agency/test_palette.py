"""The search palette finds people and clients, each only what one may see."""

import pytest
from django.urls import reverse


@pytest.fixture
def found(sign_in):
    return lambda staff, words: sign_in(staff).get(reverse("agency:search"), {"q": words}).content.decode()


def test_workers_come_with_where_they_are(ours, found):
    text = found(ours.manager, "whb")
    assert reverse("workers:worker", args=[ours.worker.pk]) in text
    assert "澄光电子" in text and 'role="option"' in text


def test_clients_are_found_too(ours, found):
    assert reverse("clients:client", args=[ours.client.pk]) in found(ours.manager, "cgdz")


def test_a_specialist_finds_their_own(ours, found):
    assert reverse("workers:worker", args=[ours.worker.pk]) not in found(ours.colleague, "whb")
    assert reverse("clients:client", args=[ours.client.pk]) not in found(ours.colleague, "cgdz")


def test_a_trainer_finds_neither(ours, found):
    text = found(ours.trainer, "whb")
    assert 'role="option"' not in text


def test_the_other_agency_is_not_found(cast, found):
    theirs = cast.theirs
    text = found(cast.ours.manager, "whb")
    assert reverse("workers:worker", args=[theirs.worker.pk]) not in text


def test_nothing_typed_finds_nothing(ours, found):
    assert found(ours.manager, "  ").strip() == ""
