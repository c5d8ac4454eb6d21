"""One answer a person, by a signed link; a device of ours weighs less; a "no" stays with head office."""

import datetime as dt

import pytest
import time_machine

from agency.audit.models import BusinessEvent
from agency.models import Notification
from agency.outside.links import BadLink
from agency.tenancy.context import tenant
from servicedesk.communication.answers import doubtful, said_of, with_answer
from servicedesk.communication.confirming import answer, asked, comment, link_for, may_change, qr_of
from servicedesk.communication.links import Grip, Link, read_grip, read_link
from servicedesk.models import CommunicationLog, Confirmation
from tests.servicedesk.communication.making import NOW, asked_of, talk_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def log(ours):
    return talk_with(ours)


@pytest.fixture
def one(log):
    return asked_of(log).confirmation


def token(person):
    return link_for(person).rstrip("/").rsplit("/", 1)[1]


def test_the_link_names_agency_and_person_and_nothing_else(ours, log):
    link = read_link(token(asked_of(log)))
    assert (link.agency_id, link.person_id) == (ours.agency.pk, asked_of(log).pk)


def test_the_link_stays_the_same_while_it_is_good_and_dies_after_14_days(log, clock):
    person = asked_of(log)
    first = token(person)
    clock.shift(dt.timedelta(days=13))
    assert token(person) == first
    clock.shift(dt.timedelta(days=2))
    with pytest.raises(BadLink) as dead:
        read_link(first)
    assert dead.value.expired
    second = token(person)
    assert second != first
    assert asked(read_link(second)) == person.confirmation


@pytest.mark.parametrize(
    "damage", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: "~", lambda t: t + "0"]
)
def test_a_damaged_link_is_no_link(log, damage):
    with pytest.raises(BadLink):
        read_link(damage(token(asked_of(log))))


def test_a_link_signed_for_another_purpose_is_no_link(log):
    person = asked_of(log)
    grip = Grip(person.pk, 1, "yes").sign()
    with pytest.raises(BadLink):
        read_link(grip)
    assert read_grip(token(person), person.pk) is None


def test_a_link_of_another_agency_finds_nothing(cast, log):
    link = read_link(token(asked_of(log)))
    with tenant(cast.theirs.agency), pytest.raises(BadLink):
        asked(Link(cast.theirs.agency.pk, link.person_id, link.made))


def test_the_code_is_a_drawing(log):
    assert qr_of(link_for(asked_of(log))).startswith("data:image/svg+xml")


def test_a_yes_confirms(one):
    answer(one, "yes", same_device=False)
    assert list(CommunicationLog.objects.confirmed()) == [one.log]
    assert not CommunicationLog.objects.unconfirmed().exists()


@pytest.mark.parametrize(("given", "here"), [("no", False), ("unsure", False), ("yes", True)])
def test_anything_but_a_full_yes_does_not(one, given, here):
    answer(one, given, same_device=here)
    assert not CommunicationLog.objects.confirmed().exists()
    assert list(CommunicationLog.objects.unconfirmed()) == [one.log]


def test_the_first_answer_counts(one, clock):
    answer(one, "no", same_device=False)
    clock.shift(dt.timedelta(minutes=1))
    grip = answer(one, "yes", same_device=False)
    one.refresh_from_db()
    assert one.answer == "no"
    assert grip.answer == "yes"  # and whoever tried sees nothing of it
    kept = BusinessEvent.objects.get(name="communication.confirmation.repeated")
    assert kept.data == {"answer": "yes", "same_device": False}


def test_whoever_gave_the_answer_may_change_it_for_ten_minutes(one, clock):
    grip = answer(one, "no", same_device=False)
    clock.shift(dt.timedelta(minutes=10))
    assert may_change(grip)
    assert answer(one, "yes", same_device=False, grip=grip).answered == grip.answered
    one.refresh_from_db()
    assert one.answer == "yes"
    clock.shift(dt.timedelta(seconds=1))
    assert not may_change(grip)
    answer(one, "no", same_device=False, grip=grip)
    one.refresh_from_db()
    assert one.answer == "yes"


def test_the_grip_of_an_answer_that_did_not_count_changes_nothing(one, clock):
    answer(one, "no", same_device=False)
    clock.shift(dt.timedelta(minutes=1))
    worthless = answer(one, "yes", same_device=False)
    answer(one, "yes", same_device=False, grip=worthless)
    assert not comment(one, worthless, rating=3, remark="很好")
    one.refresh_from_db()
    assert (one.answer, one.rating) == ("no", None)


def test_an_answer_on_ones_own_phone_outweighs_one_on_a_phone_of_ours(one, clock):
    """Otherwise the specialist could answer first, and the worker's own word would be lost."""
    answer(one, "yes", same_device=True)
    clock.shift(dt.timedelta(minutes=1))
    answer(one, "no", same_device=False)
    one.refresh_from_db()
    assert (one.answer, one.same_device) == ("no", False)
    answer(one, "yes", same_device=True)
    one.refresh_from_db()
    assert one.answer == "no"


def test_a_face_and_a_sentence_go_with_the_answer(one):
    grip = answer(one, "yes", same_device=False)
    assert comment(one, grip, rating=3, remark=" 她肯听。 ")
    one.refresh_from_db()
    assert (one.rating, one.remark) == (3, "她肯听。")


def test_a_no_has_no_rating(one):
    grip = answer(one, "no", same_device=False)
    comment(one, grip, rating=1, remark="没见过")
    one.refresh_from_db()
    assert (one.rating, one.remark) == (None, "没见过")


def test_after_ten_minutes_a_comment_stays_as_it_is(one, clock):
    grip = answer(one, "yes", same_device=False)
    clock.shift(dt.timedelta(minutes=30))
    assert comment(one, grip, rating=2, remark="")
    assert not comment(one, grip, rating=1, remark="改")


@pytest.mark.parametrize(("given", "told"), [("yes", 0), ("no", 1), ("unsure", 1)])
def test_head_office_is_told_of_doubts(ours, one, given, told):
    answer(one, given, same_device=False)
    assert list(Notification.objects.values_list("staff", flat=True)) == [ours.reviewer.pk] * told


@pytest.mark.parametrize("given", ["no", "unsure"])
def test_a_doubt_looks_to_the_specialist_like_no_answer_yet(ours, one, given):
    log = one.log
    before = said_of(log, ours.specialist)
    answer(one, given, same_device=False)
    log = CommunicationLog.objects.get(pk=log.pk)
    assert [(one.state, one.label, one.text) for one in said_of(log, ours.specialist)] == [
        (one.state, one.label, one.text) for one in before
    ]
    logs = CommunicationLog.objects.all()
    assert list(with_answer(logs, "waiting", ours.specialist)) == [log]
    assert list(with_answer(logs, "doubt", ours.specialist)) == [log]  # the filter is not theirs: nothing happens
    assert list(doubtful(ours.reviewer)) == [one]
    assert list(with_answer(logs, "waiting", ours.reviewer)) == []
    assert [said.state for said in said_of(log, ours.reviewer)] == [{"no": "bad", "unsure": "warn"}[given]]


def test_whoever_held_the_talk_does_not_learn_of_a_doubt_by_another_role(ours, one):
    from agency.models import StaffRole

    StaffRole.objects.create(staff=ours.specialist, role="reviewer")
    both = type(ours.specialist).objects.get(pk=ours.specialist.pk)
    answer(one, "no", same_device=False)
    logs = CommunicationLog.objects.all()
    assert list(doubtful(both)) == []
    assert list(with_answer(logs, "doubt", both)) == []
    assert list(with_answer(logs, "waiting", both)) == [one.log]
    assert said_of(CommunicationLog.objects.get(), both)[0].is_open
    assert not Notification.objects.filter(staff=both).exists()


def test_a_poor_rating_and_remarks_stay_with_head_office(ours, one):
    grip = answer(one, "yes", same_device=False)
    comment(one, grip, rating=1, remark="光说不办")
    log = CommunicationLog.objects.get()
    mine, theirs = said_of(log, ours.specialist)[0], said_of(log, ours.reviewer)[0]
    assert (mine.state, mine.remark) == ("done", "")
    assert theirs.remark == "光说不办"
    assert len(theirs.text) > len(mine.text)


def test_a_weaker_yes_says_so(ours, one):
    answer(one, "yes", same_device=True)
    assert said_of(CommunicationLog.objects.get(), ours.specialist)[0].state == "warn"
    assert list(with_answer(CommunicationLog.objects.all(), "weak", ours.specialist)) == [one.log]
    assert Confirmation.objects.get().weighs_less
