"""Tasks in the phone's calendar: by a private address, whole days, and nothing after it was taken back."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from agency.tenancy.context import tenant
from servicedesk.models import Task
from servicedesk.workflow import calendar_feed, closing
from servicedesk.workflow.plans import generate_plans
from tests.servicedesk.workflow.conftest import OCTOBER, day


@pytest.fixture(autouse=True)
def on_21_october():
    with time_machine.travel("2026-10-21 09:00+08:00", tick=False):
        yield


@pytest.fixture
def task(ours):
    generate_plans(OCTOBER)
    return closing.add_task(ours.specialist, ours.client, title="清点工牌", opens_on=day(10, 20), due_on=day(10, 22))


def path(staff) -> str:
    return calendar_feed.url_of(calendar_feed.make_link(staff)).split("8000", 1)[1]


def events(answer) -> dict[str, tuple[str, dt.date]]:
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["uid"]): (str(event["summary"]), event["dtstart"].dt) for event in found}


def test_a_phone_without_signing_in_gets_each_task_on_its_last_day(ours, task, client):
    answer = client.get(path(ours.specialist))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    mine = events(answer)[f"task-{ours.agency.pk}-{task.pk}@zhudian"]
    assert mine == (f"{ours.client.short_name} 清点工牌", dt.date(2026, 10, 22))


def test_only_the_persons_own_tasks(ours, task, client):
    own, mine, other = Task.objects.filter(staff=ours.specialist).count(), path(ours.specialist), path(ours.colleague)
    assert len(events(client.get(mine))) == own
    assert f"task-{ours.agency.pk}-{task.pk}@zhudian" not in events(client.get(other))


def test_done_is_ticked_and_set_aside_disappears(ours, task, client):
    address = path(ours.specialist)
    closing.close_by_hand(task, ours.specialist)
    assert any(words.startswith("✓") for words, _day in events(client.get(address)).values())
    before = len(events(client.get(address)))
    with tenant(ours.agency):
        Task.objects.filter(pk=task.pk).update(state=Task.State.SKIPPED)
    assert len(events(client.get(address))) == before - 1


def test_a_replaced_a_withdrawn_and_a_forged_address_are_not_there(ours, task, client):
    first = path(ours.specialist)
    second = path(ours.specialist)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert client.get(second.replace("~", "~x")).status_code == 404
    with tenant(ours.agency):
        calendar_feed.drop_link(ours.specialist)
    assert client.get(second).status_code == 404


def test_whoever_left_has_no_calendar(ours, task, client):
    address = path(ours.specialist)
    ours.specialist.is_active = False
    ours.specialist.save()
    assert client.get(address).status_code == 404


def test_the_page_makes_shows_and_takes_back_the_address(ours, sign_in):
    browser = sign_in(ours.specialist)
    page = reverse("servicedesk:calendar_link")
    assert "webcal://" not in browser.get(page).content.decode()
    browser.post(reverse("servicedesk:calendar_link_make"))
    assert "webcal://" in browser.get(page).content.decode()
    browser.post(reverse("servicedesk:calendar_link_drop"))
    assert "webcal://" not in browser.get(page).content.decode()
