"""A talk is written down once, with the people one serves, at the place they are."""

import datetime as dt
import uuid

import pytest
import time_machine

from agency.audit.models import BusinessEvent
from agency.periods import Period
from clients.models import Site
from servicedesk.communication.logging import LogRefused, amend, finish_follow_up, may_amend, write_log
from servicedesk.models import CommunicationLog, Confirmation
from tests.cast import hire
from tests.servicedesk.communication.making import NOW, at, talk, talk_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_an_evening_in_october():
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_talk_holds_who_where_how_and_what_was_said(ours):
    log = talk_with(ours, follow_up="热水", follow_up_due=dt.date(2026, 10, 23))
    assert (log.client, log.site, log.day, log.is_late) == (ours.client, ours.site, dt.date(2026, 10, 21), False)
    assert [person.worker for person in log.people.all()] == [ours.worker]
    assert [str(row.topic) for row in log.topic_rows.all()] == ["宿舍"]
    assert Confirmation.objects.get(log=log).answer is None
    assert BusinessEvent.objects.get(name="communication.log.written").subject_id == log.pk


def test_the_same_form_sent_again_is_the_same_talk(ours):
    form = talk([ours.worker])
    assert write_log(ours.specialist, form) == write_log(ours.specialist, form)
    assert CommunicationLog.objects.count() == 1


def test_without_the_number_of_the_form_it_would_be_two(ours):
    """The proof: the same words under another uuid are another talk."""
    talk_with(ours)
    talk_with(ours)
    assert CommunicationLog.objects.count() == 2


def test_somebody_elses_form_number_is_refused(ours):
    number = uuid.uuid4()
    talk_with(ours, uuid=number)
    with pytest.raises(LogRefused) as refused:
        talk_with(ours, [ours.other_worker], staff=ours.colleague, uuid=number)
    assert refused.value.field == "uuid"


def test_several_people_share_one_talk(ours):
    second = hire("孙玉梅", 333, ours.client, ours.site, ours.post)
    log = talk_with(ours, [ours.worker, second, ours.contact])
    assert [person.name for person in log.people.all()] == [ours.worker.name, "孙玉梅", "高班长"]
    assert Confirmation.objects.filter(log=log).count() == 3


@pytest.mark.parametrize("people", [[], ["w999999"], ["x"], ["w"], ["c-1"], ["w" + "9" * 30]])
def test_nobody_or_nonsense_is_refused(ours, people):
    with pytest.raises(LogRefused) as refused:
        write_log(ours.specialist, talk(people))
    assert refused.value.field == "who"


def test_only_people_one_serves_can_be_chosen(ours):
    with pytest.raises(LogRefused):
        talk_with(ours, [ours.other_worker])
    with pytest.raises(LogRefused):
        talk_with(ours, [ours.worker, ours.other_worker])


def test_the_day_of_the_talk_decides_who_was_served(ours):
    """The worker came on 1 January: a talk the day before was with nobody we knew."""
    with pytest.raises(LogRefused):
        talk_with(ours, started_at=at(dt.date(2025, 12, 31)))


def test_people_of_two_clients_need_two_records(ours):
    from clients.models import Assignment

    Assignment.objects.create(
        client=ours.other_client, staff=ours.specialist, valid_from=dt.date(2026, 2, 1), is_lead=False
    )
    with pytest.raises(LogRefused, match="澄光电子"):
        talk_with(ours, [ours.worker, ours.other_worker])


def test_the_future_is_refused(ours):
    with pytest.raises(LogRefused) as refused:
        talk_with(ours, started_at=NOW + dt.timedelta(hours=1))
    assert refused.value.field == "started_at"


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, False), (2, True), (20, True)])
def test_a_talk_written_down_after_the_next_day_is_marked_late(ours, days, late):
    assert talk_with(ours, started_at=NOW - dt.timedelta(days=days)).is_late is late


def test_the_local_day_counts_not_utc(ours):
    log = talk_with(ours, started_at=dt.datetime(2026, 9, 30, 17, 30, tzinfo=dt.UTC))
    assert log.day == dt.date(2026, 10, 1)
    assert CommunicationLog.objects.of_period(Period(2026, 10)).get() == log


def test_the_only_dormitory_of_the_client_is_taken(ours):
    dormitory = Site.objects.create(client=ours.client, name="3号宿舍", kind=Site.Kind.DORMITORY)
    assert talk_with(ours, place="dormitory").site == dormitory
    Site.objects.create(client=ours.client, name="4号宿舍", kind=Site.Kind.DORMITORY)
    assert talk_with(ours, place="dormitory").site is None


@pytest.mark.parametrize("channel", ["phone", "wechat"])
def test_a_call_has_no_place(ours, channel):
    log = talk_with(ours, channel=channel, place="dormitory")
    assert (log.place, log.site) == ("elsewhere", None)


def test_words_can_be_changed_on_the_same_day(ours):
    from servicedesk.models import Topic

    log = talk_with(ours)
    wages = Topic.objects.get(key="wages")
    amend(log, topics=[wages.pk], said="工资条没看懂，讲清楚了。", follow_up="", due=None)
    log.refresh_from_db()
    assert (log.said, [row.topic for row in log.topic_rows.all()]) == ("工资条没看懂，讲清楚了。", [wages])


def test_on_another_day_the_words_stay(ours):
    log = talk_with(ours)
    with time_machine.travel(NOW + dt.timedelta(days=1), tick=False):
        assert not may_amend(log)
        with pytest.raises(LogRefused):
            amend(log, topics=[], said="改", follow_up="", due=None)


def test_whether_words_may_change_does_not_tell_the_answer(ours):
    log = talk_with(ours)
    Confirmation.objects.filter(log=log).update(answer="no", answered_at=NOW)
    assert may_amend(log)


def test_a_promise_is_kept_once(ours):
    log = talk_with(ours, follow_up="热水", follow_up_due=dt.date(2026, 10, 23))
    assert finish_follow_up(log)
    assert not finish_follow_up(log)
    assert not finish_follow_up(talk_with(ours))
