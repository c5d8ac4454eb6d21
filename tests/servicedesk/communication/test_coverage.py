"""Whom to see, whom a month has reached, and how much of the time went into talking."""

import datetime as dt

import pytest
import time_machine

from agency.periods import Period
from clients.models import ClientContact, Site
from servicedesk.communication.coverage import Share, contacts_to_see, coverage, met_in, whom_to_see
from servicedesk.communication.topics import DEFAULT_TOPICS, install_default_topics
from servicedesk.models import Topic
from tests.cast import hire
from tests.servicedesk.communication.making import NOW, at, talk_with
from workers.models import Placement

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
OCTOBER = Period(2026, 10)


@pytest.fixture(autouse=True)
def _on_an_evening_in_october():
    with time_machine.travel(NOW, tick=False):
        yield


def came_on(company, name, serial, day):
    worker = hire(name, serial, company.client, company.site, company.post)
    Placement.objects.filter(worker=worker).update(valid_from=day)
    return worker


def names(people):
    return [(one.name, one.days) for one in people]


def test_newcomers_nobody_has_met_come_first_then_the_longest_unseen(ours):
    came_on(ours, "陈立新", 401, TODAY - dt.timedelta(days=2))
    seen = came_on(ours, "马文斌", 402, TODAY - dt.timedelta(days=200))
    talk_with(ours, [seen], started_at=at(TODAY - dt.timedelta(days=24)))
    talk_with(ours, [ours.worker], started_at=at(TODAY - dt.timedelta(days=38)))
    assert names(whom_to_see(ours.specialist, TODAY)) == [("陈立新", None), ("王海波", 38), ("马文斌", 24)]
    assert names(whom_to_see(ours.specialist, TODAY, limit=1)) == [("陈立新", None)]


@pytest.mark.parametrize(("ago", "days"), [(0, None), (6, None), (7, 7), (100, 100)])
def test_a_newcomer_is_one_for_seven_days(ours, ago, days):
    came_on(ours, "陈立新", 401, TODAY - dt.timedelta(days=ago))
    assert dict(names(whom_to_see(ours.specialist, TODAY)))["陈立新"] == days


def test_a_talk_before_they_came_back_does_not_count(ours):
    talk_with(ours, started_at=at(dt.date(2026, 9, 1)))
    Placement.objects.filter(worker=ours.worker).update(valid_from=TODAY)
    assert names(whom_to_see(ours.specialist, TODAY)) == [("王海波", None)]


def test_a_colleagues_talk_counts_too(ours):
    from clients.models import Assignment

    Assignment.objects.create(client=ours.client, staff=ours.colleague, valid_from=dt.date(2026, 2, 1), is_lead=False)
    talk_with(ours, staff=ours.colleague, started_at=at(TODAY - dt.timedelta(days=3)))
    assert names(whom_to_see(ours.specialist, TODAY)) == [("王海波", 3)]


def test_only_ones_own_clients_are_there(ours):
    assert ours.other_worker.name not in dict(names(whom_to_see(ours.specialist, TODAY)))


def test_contacts_never_met_come_first(ours):
    met = ClientContact.objects.create(client=ours.client, name="顾主管", phone="13700000002")
    talk_with(ours, [met], started_at=at(TODAY - dt.timedelta(days=5)))
    assert names(contacts_to_see(ours.specialist, TODAY)) == [("高班长", None), ("顾主管", 5)]


def test_a_month_counts_people_once_and_dormitory_visits_by_day(ours):
    dormitory = Site.objects.create(client=ours.client, name="3号宿舍", kind=Site.Kind.DORMITORY)
    talk_with(ours, place="dormitory", started_at=at(dt.date(2026, 10, 5), 9), minutes=20)
    talk_with(ours, place="dormitory", started_at=at(dt.date(2026, 10, 5), 11), minutes=10)
    talk_with(ours, place="dormitory", started_at=at(dt.date(2026, 10, 6)), channel="patrol")
    talk_with(ours, place="dormitory", started_at=at(dt.date(2026, 10, 7)), channel="phone")
    talk_with(ours, [ours.contact], started_at=at(dt.date(2026, 9, 30)))
    assert met_in(ours.specialist, OCTOBER) == {"workers": 1, "contacts": 0, "dormitory": 2}
    reached = coverage(ours.specialist, OCTOBER)
    assert (reached.workers_met, reached.workers, reached.contacts_met, reached.contacts) == (1, 1, 0, 1)
    assert (reached.dormitory_visits, reached.talks, reached.minutes) == (2, 4, 60)
    assert (reached.workers_percent, reached.contacts_percent) == (100, 0)
    assert dormitory.communications.count() == 3


@pytest.mark.parametrize(
    ("talk", "routine", "percent"), [(0, 0, None), (60, 0, 100), (0, 60, 0), (2, 1, 67), (1, 2, 33), (1, 1, 50)]
)
def test_the_share_of_talk_is_rounded_half_up(talk, routine, percent):
    assert Share(talk, routine).percent == percent


def test_the_topics_are_installed_once(ours):
    assert install_default_topics() == len(DEFAULT_TOPICS)
    assert install_default_topics() == 0
    Topic.objects.filter(key="mood").delete()
    assert install_default_topics() == 1
