"""Drawing, proving and recording, on real talks."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from agency.models import BusinessEvent
from agency.periods import Period
from agency.tenancy.context import tenant
from servicedesk.models import SpotCheck, SpotCheckItem
from servicedesk.review.checks import CheckRefused, draw_check, install_default_policy, record_outcome
from servicedesk.review.verifying import verify
from tests.servicedesk.talks import talk

OCTOBER = Period(2026, 10)


@pytest.fixture(autouse=True)
def on_the_last_day():
    with time_machine.travel(dt.datetime(2026, 10, 31, 2, 0, tzinfo=dt.UTC), tick=False):
        yield


def month(company, confirmed=20, unconfirmed=10):
    install_default_policy()
    for number in range(confirmed):
        talk(company, worker=company.worker, answer="yes", number=number)
    for number in range(unconfirmed):
        talk(company, dt.date(2026, 10, 21), worker=company.worker, number=number)


def test_confirmed_and_unconfirmed_talks_are_drawn_at_their_own_rates(ours):
    month(ours)
    check = draw_check(OCTOBER, ours.reviewer, seed="20261031-4471")
    assert check.population == 30
    drawn = list(check.items.values_list("stratum", "drawn", "stratum_size"))
    assert sorted(drawn) == [("confirmed", 1, 20), ("unconfirmed", 2, 10), ("unconfirmed", 2, 10)]
    assert BusinessEvent.objects.get(name="review.spot_check.drawn").data["seed"] == "20261031-4471"


def test_the_draw_can_be_repeated_and_tampering_shows(ours):
    month(ours)
    check = draw_check(OCTOBER, ours.reviewer)
    assert verify(check).holds
    check.items.filter(stratum="confirmed").update(rank=9)
    assert not verify(check).same_draw
    check.listing = {**check.listing, "0/confirmed": ["one more"]}
    assert not verify(check).list_intact


def test_a_talk_is_drawn_once_a_second_draw_takes_from_the_rest(ours):
    month(ours)
    first = draw_check(OCTOBER, ours.reviewer)
    second = draw_check(OCTOBER, ours.reviewer)
    assert (second.number, second.population) == (2, 27)
    assert not set(first.items.values_list("log", flat=True)) & set(second.items.values_list("log", flat=True))


@pytest.mark.parametrize("policy", [True, False])
def test_without_talks_or_policy_nothing_is_drawn(ours, policy):
    if policy:
        install_default_policy()
    with pytest.raises(CheckRefused):
        draw_check(OCTOBER, ours.reviewer)
    assert not SpotCheck.objects.exists()


def test_a_fault_needs_a_sentence_in_the_domain_and_in_the_database(ours):
    month(ours)
    item = draw_check(OCTOBER, ours.reviewer).items.first()
    with pytest.raises(CheckRefused, match=r"what differs|哪里"):
        record_outcome(item, "false", "  ", ours.reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpotCheckItem.objects.filter(pk=item.pk).update(outcome="false")
    record_outcome(item, "false", "没见面，只通了电话", ours.reviewer)
    assert (item.outcome, item.checked_by) == ("false", ours.reviewer)


def test_nobody_checks_their_own_talks(ours):
    month(ours)
    item = draw_check(OCTOBER, ours.reviewer).items.first()
    with pytest.raises(CheckRefused):
        record_outcome(item, "true", "", ours.specialist)


def test_the_reviewer_draws_and_checks_one_after_another(cast, sign_in, django_assert_max_num_queries):
    with tenant(cast.ours.agency):
        month(cast.ours)
    client = sign_in(cast.ours.reviewer)
    answer = client.post(reverse("servicedesk:spot_check_draw"), {"period": "2026-10"}, follow=True)
    assert answer.status_code == 200
    item = answer.context["next_item"]
    answer = client.post(reverse("servicedesk:finding", args=[item.pk]), {"outcome": "true", "note": "", "next": "1"})
    assert answer["Location"] != reverse("servicedesk:finding", args=[item.pk])
    bad = client.post(reverse("servicedesk:finding", args=[item.pk]), {"outcome": "partly", "note": ""})
    assert bad.status_code == 422
    with tenant(cast.ours.agency):
        check = SpotCheck.objects.get()
    with django_assert_max_num_queries(24):
        assert client.get(reverse("servicedesk:spot_check", args=[check.pk])).status_code == 200
    assert client.get(reverse("servicedesk:spot_check_proof", args=[check.pk])).context["proof"].holds
    assert client.get(reverse("servicedesk:spot_checks") + "?period=2026-10").status_code == 200
