"""Phone or e-mail and password; lock-out after five wrong tries; limits of a session; the second factor."""

import base64
import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP

from agency.models import BusinessEvent
from agency.staff import totp
from agency.tenancy.context import tenant
from agency.tenancy.opening import resume, suspend
from tests.cast import PASSWORD

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
URL = "/sign-in/"


def try_sign_in(client, name, password=PASSWORD):
    return client.post(URL, {"username": name, "password": password})


@pytest.mark.parametrize(
    "name", ["specialist@hechuan.example", "SPECIALIST@hechuan.example", "13901000000", " 13901000000 "]
)
def test_phone_and_e_mail_both_open_the_door(cast, client, name):
    answer = try_sign_in(client, name)
    assert (answer.status_code, answer["Location"]) == (302, reverse("agency:home"))
    assert client.session["_auth_user_id"] == str(cast.ours.specialist.pk)


def test_the_sign_in_is_remembered_inside_the_persons_agency(cast, client):
    try_sign_in(client, "specialist@beiling.example")
    with tenant(cast.theirs.agency):
        event = BusinessEvent.objects.get(name="staff.signed_in")
        assert event.actor_name == cast.theirs.specialist.name
        cast.theirs.specialist.refresh_from_db()
        assert cast.theirs.specialist.last_login is not None


@pytest.mark.parametrize(
    ("name", "password"), [("specialist@hechuan.example", "wrong"), ("nobody@hechuan.example", PASSWORD), ("", "")]
)
def test_a_wrong_pair_is_told_what_to_do_and_not_which_half_was_wrong(cast, client, name, password):
    answer = try_sign_in(client, name, password)
    assert answer.status_code == 422
    assert "_auth_user_id" not in client.session


def test_whoever_left_cannot_sign_in(cast, client):
    with tenant(cast.ours.agency):
        cast.ours.specialist.is_active = False
        cast.ours.specialist.save()
    assert try_sign_in(client, "specialist@hechuan.example").status_code == 422


def test_a_suspended_agencys_people_are_out_at_once_and_back_later(cast, client):
    try_sign_in(client, "specialist@hechuan.example")
    suspend(cast.ours.agency, by="operator", reason="licence expired")
    assert client.get(reverse("agency:account")).status_code == 302
    assert try_sign_in(client, "specialist@hechuan.example").status_code == 422
    resume(cast.ours.agency, by="operator", reason="licence renewed")
    assert try_sign_in(client, "specialist@hechuan.example").status_code == 302


def test_five_wrong_tries_lock_for_a_quarter_of_an_hour(cast, client, settings):
    settings.AXES_ENABLED = True
    cache.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(5):
            try_sign_in(client, "specialist@hechuan.example", "wrong")
        assert try_sign_in(client, "specialist@hechuan.example").status_code == 429
        assert try_sign_in(client, "manager@hechuan.example").status_code == 302, "others are not locked"
        client.logout()
        clock.shift(dt.timedelta(minutes=16))
        cache.clear()  # the memory cache of the tests does not see the travelled clock
        assert try_sign_in(client, "specialist@hechuan.example").status_code == 302


def test_four_wrong_tries_do_not_lock(cast, client, settings):
    """The proof that the fifth is what locks."""
    settings.AXES_ENABLED = True
    cache.clear()
    for _ in range(4):
        try_sign_in(client, "specialist@hechuan.example", "wrong")
    assert try_sign_in(client, "specialist@hechuan.example").status_code == 302


@pytest.mark.parametrize(("away", "still_in"), [(29, True), (31, False)])
def test_a_session_ends_after_half_an_hour_without_use(cast, sign_in, away, still_in):
    with time_machine.travel(NOW, tick=False) as clock:
        client = sign_in(cast.ours.manager)
        client.get(reverse("agency:account"))
        clock.shift(dt.timedelta(minutes=away))
        assert (client.get(reverse("agency:account")).status_code == 200) is still_in


def test_a_session_in_use_ends_after_twelve_hours(cast, sign_in):
    with time_machine.travel(NOW, tick=False) as clock:
        client = sign_in(cast.ours.manager)
        for _ in range(12 * 3 - 1):
            clock.shift(dt.timedelta(minutes=20))
            assert client.get(reverse("agency:account")).status_code == 200
        clock.shift(dt.timedelta(minutes=21))
        assert client.get(reverse("agency:account")).status_code == 302


def code_for(device, at):
    oath = TOTP(base64.b32decode(device.secret), step=30)
    oath.time = at.timestamp()
    return f"{oath.token():06d}"


def test_the_second_factor_is_asked_for_and_no_code_works_twice(cast, client):
    with time_machine.travel(NOW, tick=False) as clock:
        with tenant(cast.ours.agency):
            device = totp.enrol(cast.ours.manager)
            assert totp.confirm(device, code_for(device, timezone.now()))
        answer = try_sign_in(client, "manager@hechuan.example")
        assert answer["Location"].startswith(reverse("agency:second_factor"))
        assert "_auth_user_id" not in client.session
        code_url = reverse("agency:second_factor")
        used = code_for(device, timezone.now())
        assert client.post(code_url, {"code": used}).status_code == 422, "the confirming code is burnt"
        assert client.post(code_url, {"code": "12345"}).status_code == 422
        clock.shift(dt.timedelta(seconds=30))
        assert client.post(code_url, {"code": code_for(device, timezone.now())}).status_code == 302
        assert client.session["_auth_user_id"] == str(cast.ours.manager.pk)


def test_guessing_codes_is_stopped_after_five(cast, client):
    cache.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        with tenant(cast.ours.agency):
            device = totp.enrol(cast.ours.manager)
            totp.confirm(device, code_for(device, timezone.now()))
        try_sign_in(client, "manager@hechuan.example")
        clock.shift(dt.timedelta(seconds=60))
        right = code_for(device, timezone.now())
        wrong = "000000" if right != "000000" else "111111"
        for _ in range(5):
            assert client.post(reverse("agency:second_factor"), {"code": wrong}).status_code == 422
        assert client.post(reverse("agency:second_factor"), {"code": right}).status_code == 429


def test_the_way_back_after_sign_in_stays_on_our_own_pages(cast, client):
    answer = client.post(
        URL + "?next=https://evil.example/", {"username": "manager@hechuan.example", "password": PASSWORD}
    )
    assert answer["Location"] == reverse("agency:home")


def test_passwords_are_kept_as_argon2():
    from config.settings import base

    assert base.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
