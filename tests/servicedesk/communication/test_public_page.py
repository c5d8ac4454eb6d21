"""The page behind the link: anybody who holds it may answer, nobody else sees anything."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from agency.tenancy.context import tenant
from servicedesk.communication.confirming import link_for
from servicedesk.models import Confirmation
from tests.servicedesk.communication.making import NOW, asked_of, talk_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def person(ours):
    return asked_of(talk_with(ours))


@pytest.fixture
def path(person):
    return link_for(person, "http://testserver").removeprefix("http://testserver")


@pytest.fixture
def said(ours):
    """Return a function that reads the answer kept; a request has closed the test's own context."""

    def read():
        with tenant(ours.agency):
            return Confirmation.objects.get()

    return read


@pytest.fixture
def theirs():
    """A worker's own phone: it enforces CSRF as a browser would and knows nobody of us."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def ours_phone(ours):
    phone = Client()
    phone.force_login(ours.specialist, backend="agency.staff.backends.PhoneOrEmailBackend")
    phone.get(reverse("agency:account"))
    phone.post(reverse("agency:sign_out"))
    return phone


def test_the_question_names_surname_day_place_and_specialist(ours, theirs, path):
    page = theirs.get(path).content.decode()
    assert "王师傅，" in page
    assert "10月21日在一号车间，" in page
    assert f"{ours.specialist.name}和您聊过吗？" in page
    assert ours.worker.name not in page
    assert "热水" not in page
    assert "<script" not in page


def test_english_is_there_too(theirs, path):
    assert "did 林禾 talk with you?" in theirs.get(path, {"lang": "en"}).content.decode()


def test_a_yes_leads_to_the_faces(theirs, path, said):
    answer = theirs.post(path, {"answer": "yes"}, follow=True)
    assert "聊得怎么样" in answer.content.decode()
    thanks = answer.redirect_chain[-1][0]
    sent = theirs.post(thanks, {"rating": "3", "remark": "她肯听"}, follow=True)
    assert sent.status_code == 200
    kept = said()
    assert (kept.answer, kept.rating, kept.remark, kept.same_device) == ("yes", 3, "她肯听", False)


def test_the_phone_that_answered_comes_back_to_its_thanks_and_may_change(theirs, path, clock, said):
    theirs.post(path, {"answer": "no"})
    thanks = theirs.get(path).url
    page = theirs.get(thanks).content.decode()
    assert "聊得怎么样" not in page
    grip = thanks.rstrip("/").rsplit("/", 1)[1]
    theirs.get(path, {"change": grip})
    theirs.post(path, {"answer": "yes", "grip": grip})
    assert said().answer == "yes"
    clock.shift(dt.timedelta(minutes=11))
    assert "change=" not in theirs.get(thanks).content.decode()


def test_another_phone_sees_the_question_again_and_the_same_thanks(theirs, path, said):
    """Else whoever holds the link could learn by opening it that a "no" came before."""
    before = Client().get(path).content
    theirs.post(path, {"answer": "no"})
    other = Client()
    assert other.get(path).content == before
    again = other.post(path, {"answer": "yes"}, follow=True)
    assert "聊得怎么样" in again.content.decode()
    assert said().answer == "no"


def test_a_phone_on_which_staff_signed_in_is_known_and_weighs_less(ours_phone, path, said):
    page = ours_phone.post(path, {"answer": "yes"}).content.decode()
    assert "聊过" not in page
    assert said().same_device is True
    assert said().weighs_less


def test_a_phone_of_ours_does_not_show_what_was_answered(ours_phone, path):
    shown = {given: ours_phone.post(path, {"answer": given}).content for given in ("no", "yes")}
    assert shown["no"] == shown["yes"]
    assert ours_phone.get(path).status_code == 200


def test_a_phone_of_another_agency_is_not_ours(cast, path, said):
    phone = Client()
    phone.force_login(cast.theirs.specialist, backend="agency.staff.backends.PhoneOrEmailBackend")
    phone.get(reverse("agency:account"))
    phone.post(path, {"answer": "yes"})
    assert said().same_device is False


def test_a_forged_device_mark_marks_nothing(ours, theirs, path, said):
    theirs.cookies["device"] = f"{ours.agency.pk}:abc:def"
    theirs.post(path, {"answer": "yes"})
    assert said().same_device is False


@pytest.mark.parametrize("damage", [lambda p: p[:-2] + "/", lambda p: "/c/1/", lambda p: "/c/a.b.c~d/"])
def test_a_forged_link_gets_a_friendly_page(theirs, path, damage):
    answer = theirs.get(damage(path))
    assert answer.status_code == 404
    assert "这个链接打不开" in answer.content.decode()


def test_an_old_link_says_that_it_is_old(theirs, path, clock):
    clock.shift(dt.timedelta(days=15))
    answer = theirs.get(path)
    assert (answer.status_code, "过期" in answer.content.decode()) == (404, True)


def test_a_forged_grip_opens_nothing(theirs, path):
    assert theirs.get(f"{path}1.2.yes~abc/").status_code == 404


def test_guessing_is_stopped(theirs, path):
    for _ in range(10):
        assert theirs.get("/c/guess/").status_code == 404
    assert theirs.get("/c/guess/").status_code == 429
    assert theirs.get(path).status_code == 429


def test_answering_over_and_over_is_stopped(theirs, path):
    answers = [theirs.post(path, {"answer": "yes"}).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]


def test_an_answer_that_is_none_of_the_three_asks_again(theirs, path, said):
    assert theirs.post(path, {"answer": "perhaps"}).status_code == 422
    assert said().answer is None


def test_nothing_can_be_listed(theirs, path):
    for url in ("/c/", path.rsplit("/", 2)[0] + "/"):
        assert theirs.get(url).status_code == 404


def test_a_call_is_asked_about_as_a_call(ours, theirs):
    person = asked_of(talk_with(ours, channel="phone"))
    page = theirs.get(link_for(person, "http://testserver").removeprefix("http://testserver")).content.decode()
    assert "给您打过电话吗" in page
