"""Every URL × every role × both agencies. A URL without a row, or a view without a mark, fails here."""

import pytest
from django.urls import path, reverse

from agency.permissions.asking import granted
from agency.permissions.doors import PUBLIC, SIGNED_IN
from agency.permissions.table import GRANTS, Role
from agency.tenancy.context import tenant
from tests.isolation.row import table
from tests.isolation.walk import mark_of, named_urls

URLS = dict(named_urls())
ROWS = table()
PERMITTED = range(200, 400)
MEND = {400, 409, 422}


def missing_rows(urls: dict) -> set[str]:
    return set(urls) - set(ROWS)


def test_every_url_stands_in_the_table():
    assert missing_rows(URLS) == set()


def test_the_table_names_only_urls_that_exist():
    assert set(ROWS) - set(URLS) == set()


def test_a_new_url_without_a_row_would_fail():
    """The proof: add one and the first test's question answers with it."""
    assert missing_rows({**URLS, "clients:secret": path("secret/", print).callback}) == {"clients:secret"}


@pytest.mark.parametrize("name", sorted(URLS))
def test_every_view_says_who_may_come_in(name):
    mark = mark_of(URLS[name])
    assert mark is not None, "mark the view with @permit(...), @signed_in or @public"
    assert mark in {PUBLIC, SIGNED_IN} or mark in GRANTS
    assert ROWS[name].public == (mark == PUBLIC)


def ask(client, name, company, role=Role.SPECIALIST):
    """Ask a URL for what belongs to a company, and within it to the person of a role; return the answer."""
    row = ROWS[name]
    company.visitor = company.staff[role]
    with tenant(company.agency):
        kwargs = row.args(company) if row.args else {}
        data = row.data(company)
    return getattr(client, row.method)(reverse(name, kwargs=kwargs), data)


def roles_for(name: str) -> set[str]:
    mark = mark_of(URLS[name])
    return {role for role in Role if mark == SIGNED_IN or granted([role], mark)}


CLOSED = sorted(name for name in URLS if name in ROWS and not ROWS[name].public)


@pytest.mark.parametrize("name", CLOSED)
def test_each_role_gets_in_or_gets_403(name, cast, client):
    for role in Role:
        client.force_login(cast.ours.staff[role], backend="agency.staff.backends.PhoneOrEmailBackend")
        answer = ask(client, name, cast.ours, role)
        if role in roles_for(name):
            assert answer.status_code in PERMITTED or answer.status_code in MEND, f"{role}: {answer.status_code}"
        else:
            assert answer.status_code == 403, f"{role}: {answer.status_code}"


@pytest.mark.parametrize("name", [name for name in CLOSED if ROWS[name].args])
def test_the_other_agencys_objects_are_not_there(name, cast, client):
    for role in sorted(roles_for(name)):
        client.force_login(cast.ours.staff[role], backend="agency.staff.backends.PhoneOrEmailBackend")
        assert ask(client, name, cast.theirs, role).status_code == 404, role


@pytest.mark.parametrize("name", CLOSED)
def test_nobody_signed_in_is_sent_to_the_door(name, cast, client):
    answer = ask(client, name, cast.ours)
    at_the_door = answer.status_code == 302 and reverse("agency:sign_in") in answer["Location"]
    assert at_the_door or answer.status_code in {401, 403}


def test_a_leaking_view_would_be_caught(cast, client, settings):
    """The proof: a view that forgets the scope and the policy answers for the other agency, and is not 404."""
    settings.ROOT_URLCONF = "tests.isolation.leaky_urls"
    client.force_login(cast.ours.specialist, backend="agency.staff.backends.PhoneOrEmailBackend")
    assert client.get(f"/leak/{cast.theirs.worker.pk}/").status_code == 200
