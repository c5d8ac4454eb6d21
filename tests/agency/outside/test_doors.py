"""Every page behind a signed link, as the URL configuration has them: what opens it, and what does not."""

import pytest
from django.core.cache import cache
from django.urls import get_resolver, reverse
from django.utils import timezone

from agency.outside.limits import FORGERIES
from agency.tenancy.context import tenant
from tests.isolation.test_urls import ROWS, ask

# A calendar program asks this one by itself, every hour; it answers with nothing but a 404.
BESIDE = {"servicedesk:calendar_feed"}


@pytest.fixture(autouse=True)
def nobody_tried_yet():
    cache.clear()


def arguments(name: str) -> list[str]:
    """Return the arguments of a named URL."""
    namespace, _colon, plain = name.rpartition(":")
    resolver = get_resolver().namespace_dict[namespace][1] if namespace else get_resolver()
    return [argument for pattern, *_rest in resolver.reverse_dict.getlist(plain) for argument in pattern[0][1]]


DOORS = sorted(name for name, row in ROWS.items() if row.public and "token" in arguments(name) and name not in BESIDE)


def test_the_pages_of_all_rooms_are_found():
    assert {"payroll:payslip_public", "payroll:bill_public", "servicedesk:confirm", "servicedesk:ask"} <= set(DOORS)


@pytest.mark.parametrize("name", DOORS)
def test_a_suspended_agency_answers_nobody(name, cast, client):
    assert ask(client, name, cast.ours).status_code in range(200, 400)
    cast.ours.agency.suspended_at = timezone.now()
    cast.ours.agency.save()
    with tenant(cast.ours.agency):
        args = ROWS[name].args(cast.ours)
    assert getattr(client, ROWS[name].method)(reverse(name, kwargs=args)).status_code == 404


@pytest.mark.parametrize("name", DOORS)
def test_guessing_is_stopped_and_says_when_to_come_again(name, cast, client):
    with tenant(cast.ours.agency):
        args = ROWS[name].args(cast.ours)
    times, _seconds = FORGERIES
    guesses = [client.get(reverse(name, kwargs=args | {"token": f"1.{number}~x"})) for number in range(times + 1)]
    assert [guess.status_code for guess in guesses] == [404] * times + [429]
    assert "十分钟" in guesses[-1].content.decode()
    assert client.get(reverse(name, kwargs=args)).status_code == 429, "and a true link waits with them"


@pytest.mark.parametrize("name", DOORS)
def test_a_broken_link_is_told_in_the_language_asked_for(name, cast, client):
    with tenant(cast.ours.agency):
        args = ROWS[name].args(cast.ours)
    url = reverse(name, kwargs=args | {"token": "1.2~x"})
    assert "链接打不开" in client.get(url).content.decode()
    assert "This link does not open" in client.get(f"{url}?lang=en").content.decode()
