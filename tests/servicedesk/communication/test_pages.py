"""The pages a specialist and head office work with."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse

from servicedesk.communication.topics import install_default_topics
from servicedesk.models import CommunicationLog, Confirmation, Topic
from tests.cast import hire
from tests.servicedesk.communication.making import NOW, at, key_of, talk_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def phone(ours, sign_in):
    install_default_topics()
    return sign_in(ours.specialist)


def form(company, **changes):
    return {
        "uuid": str(uuid.uuid4()),
        "opened": str(int(NOW.timestamp()) - 32),
        "who": [key_of(company.worker)],
        "place": "workshop",
        "channel": "face",
        "topics": [str(Topic.objects.get(key="dormitory").pk)],
        "said": "热水晚上九点后不够用。",
        "length": "15",
        **changes,
    }


def test_the_form_offers_those_not_seen_for_long_and_prefills_the_last_time(ours, phone):
    talk_with(ours, [ours.contact], place="dormitory", minutes=30, started_at=NOW - dt.timedelta(days=1))
    page = phone.get(reverse("servicedesk:log_new"))
    filled = page.context["form"].initial
    assert (filled["place"], filled["channel"], filled["length"]) == ("dormitory", "face", "30")
    assert [party.name for party in page.context["offered"]] == ["高班长", "王海波"]
    assert filled["follow_up_due"] == dt.date(2026, 10, 23)


def test_a_worker_can_be_chosen_beforehand(ours, phone):
    page = phone.get(reverse("servicedesk:log_new"), {"worker": ours.worker.pk, "contact": ours.contact.pk})
    assert [party.name for party in page.context["chosen"]] == ["王海波", "高班长"]


def test_somebody_elses_worker_is_not_chosen(ours, phone):
    page = phone.get(reverse("servicedesk:log_new"), {"worker": ours.other_worker.pk})
    assert page.context["chosen"] == []


def test_a_filled_form_is_kept_and_shows_its_code(ours, phone):
    answer = phone.post(reverse("servicedesk:log_new"), form(ours), follow=True)
    log = CommunicationLog.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("servicedesk:log_saved", args=[log.pk])
    assert (log.minutes, log.seconds, log.started_at) == (15, 32, NOW - dt.timedelta(minutes=15))
    page = answer.content.decode()
    assert "data:image/svg+xml" in page
    assert "http://testserver/c/" in page


def test_sending_the_form_twice_lands_on_the_same_talk(ours, phone):
    sent = form(ours)
    first, second = (phone.post(reverse("servicedesk:log_new"), sent) for _ in range(2))
    assert first.url == second.url


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"topics": []}, "topics"),
        ({"said": " "}, "said"),
        ({"length": "more", "minutes": ""}, "minutes"),
        ({"length": "more", "minutes": "900"}, "minutes"),
        ({"follow": "on", "follow_up_due": ""}, "follow_up_due"),
        ({"started_at": "2026-10-22T09:00"}, "started_at"),
        ({"place": "moon"}, "place"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(ours, phone, change, field):
    answer = phone.post(reverse("servicedesk:log_new"), form(ours, **change))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not CommunicationLog.objects.exists()


def test_nobody_chosen_is_said(ours, phone):
    answer = phone.post(reverse("servicedesk:log_new"), form(ours, who=[]))
    assert answer.status_code == 422
    assert "先选和谁聊的" in answer.content.decode()


def test_without_script_find_keeps_what_is_filled_in(ours, phone):
    found = hire("孙玉梅", 333, ours.client, ours.site, ours.post)
    sent = form(ours, find="1", q="sym", follow="on", follow_up="热水")
    page = phone.post(reverse("servicedesk:log_new"), sent)
    assert [party.name for party in page.context["chosen"]] == ["王海波"]
    assert [party.name for party in page.context["offered"]] == [found.name]
    assert 'value="热水"' in page.content.decode()
    assert sent["uuid"] in page.content.decode()
    assert sent["said"] in page.content.decode()


def test_the_search_keeps_those_already_chosen(ours, phone):
    hire("孙玉梅", 333, ours.client, ours.site, ours.post)
    page = phone.get(reverse("servicedesk:log_people"), {"q": "孙", "who": [key_of(ours.worker)]}).content.decode()
    assert page.index("王海波") < page.index("孙玉梅")
    assert page.count("checked") == 1


def test_a_longer_talk_at_another_time(ours, phone):
    phone.post(reverse("servicedesk:log_new"), form(ours, length="more", minutes="50", started_at="2026-10-18T09:30"))
    log = CommunicationLog.objects.get()
    assert (log.minutes, log.started_at, log.is_late) == (
        50,
        at(dt.date(2026, 10, 18), 9) + dt.timedelta(minutes=30),
        True,
    )


def test_the_saved_page_hears_of_answers_and_then_stops_asking(ours, phone, clock):
    log = talk_with(ours)
    url = reverse("servicedesk:log_answers", args=[log.pk])
    until = int(NOW.timestamp()) + 60
    assert phone.get(url, {"seen": "t", "until": until}).status_code == 204
    Confirmation.objects.update(answer="yes", answered_at=NOW)
    assert phone.get(url, {"seen": "t", "until": until}).status_code == 286
    Confirmation.objects.update(answer="no")
    assert phone.get(url, {"seen": "t", "until": until}).status_code == 204
    clock.shift(dt.timedelta(minutes=2))
    assert phone.get(url, {"seen": "t", "until": until}).status_code == 286


@pytest.mark.parametrize("name", ["log_saved", "log_answers", "log_amend"])
def test_a_colleagues_code_is_not_mine(ours, sign_in, name):
    log = talk_with(ours)
    assert sign_in(ours.colleague).get(reverse(f"servicedesk:{name}", args=[log.pk])).status_code == 404


def test_words_are_changed_on_a_page_of_their_own(ours, phone):
    log = talk_with(ours)
    wages = Topic.objects.get(key="wages")
    url = reverse("servicedesk:log_amend", args=[log.pk])
    assert "热水晚上九点后不够用" in phone.get(url).content.decode()
    phone.post(url, {"topics": [wages.pk], "said": "改好了"})
    log.refresh_from_db()
    assert log.said == "改好了"
    assert phone.post(url, {"topics": [], "said": ""}).status_code == 422


def test_the_list_is_filtered(ours, phone, sign_in):
    mine = talk_with(ours)
    talk_with(ours, [ours.other_worker], staff=ours.colleague)

    def listed(person, **query):
        page = sign_in(person).get(reverse("servicedesk:logs"), query)
        return [log.pk for _day, rows in page.context["days"] for log, _said, _sum in rows]

    assert listed(ours.specialist) == [mine.pk]
    assert listed(ours.specialist, whose="all") == [mine.pk]
    assert len(listed(ours.manager)) == 2
    assert listed(ours.manager, client=ours.client.pk) == [mine.pk]
    assert listed(ours.manager, staff=ours.specialist.pk) == [mine.pk]
    assert listed(ours.manager, period="2026-09") == []
    assert listed(ours.manager, answer="confirmed") == []
    assert len(listed(ours.manager, answer="waiting", period="nonsense")) == 2


def test_head_office_reads_a_no_and_the_specialist_does_not(ours, phone, sign_in):
    log = talk_with(ours)
    Confirmation.objects.update(answer="no", answered_at=NOW, remark="那天我休息")
    url = reverse("servicedesk:log", args=[log.pk])
    assert "那天我休息" not in phone.get(url).content.decode()
    assert "那天我休息" not in phone.get(reverse("servicedesk:logs")).content.decode()
    reviewer = sign_in(ours.reviewer)
    assert "那天我休息" in reviewer.get(url).content.decode()
    assert "那天我休息" in reviewer.get(reverse("servicedesk:doubts")).content.decode()


def test_a_promise_is_marked_as_kept(ours, phone):
    log = talk_with(ours, follow_up="热水", follow_up_due=dt.date(2026, 10, 23))
    phone.post(reverse("servicedesk:log_followed_up", args=[log.pk]))
    log.refresh_from_db()
    assert log.follow_up_done_at == NOW


def test_whom_to_see_stands_in_the_order_of_need(ours, phone):
    second = hire("陈立新", 334, ours.client, ours.site, ours.post)
    second.placements.update(valid_from=NOW.date() - dt.timedelta(days=2))
    talk_with(ours, started_at=NOW - dt.timedelta(days=38))
    groups = phone.get(reverse("servicedesk:whom")).context["groups"]
    assert [[one.name for one in people] for _title, _note, people in groups] == [["王海波"], ["陈立新"]]
    contacts = phone.get(reverse("servicedesk:whom"), {"show": "contacts"}).context["groups"]
    assert [one.name for one in contacts[0][2]] == ["高班长"]


def test_the_list_asks_a_fixed_number_of_questions(ours, sign_in, django_assert_max_num_queries):
    install_default_topics()
    for minute in range(8):
        talk_with(ours, [ours.worker, ours.contact], started_at=NOW - dt.timedelta(minutes=20 + minute))
    person = sign_in(ours.reviewer)
    with django_assert_max_num_queries(QUERIES["logs"]):
        person.get(reverse("servicedesk:logs"))


@pytest.mark.parametrize("name", ["log_new", "whom", "logs"])
def test_the_specialists_pages_do_not_ask_more_with_more_people(ours, sign_in, name, django_assert_max_num_queries):
    install_default_topics()
    for serial in range(340, 352):
        talk_with(ours, [hire(f"员工{serial}", serial, ours.client, ours.site, ours.post)])
    person = sign_in(ours.specialist)
    with django_assert_max_num_queries(QUERIES[f"own {name}"]):
        assert person.get(reverse(f"servicedesk:{name}")).status_code == 200


# Sixteen of them are the frame: session, agency, roles, notifications.
QUERIES = {"logs": 27, "own log_new": 30, "own whom": 25, "own logs": 36}
