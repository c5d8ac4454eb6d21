"""Talks close the month's tasks as facts, and the share of talk is measured against the routine done."""

import datetime as dt
import io

import openpyxl
import pytest
import time_machine

from agency.periods import Period
from clients.models import Site
from servicedesk.communication.coverage import Share, share_of_talk
from servicedesk.communication.importing import import_records
from servicedesk.communication.record_columns import RECORDS
from servicedesk.communication.topics import install_default_topics
from servicedesk.models import Task
from servicedesk.workflow.plans import generate_plans
from tests.servicedesk.communication.making import NOW, at, talk_with

pytestmark = pytest.mark.django_db
OCTOBER = Period(2026, 10)


@pytest.fixture(autouse=True)
def _planned(ours):
    Site.objects.create(client=ours.client, name="3号宿舍", kind=Site.Kind.DORMITORY)
    with time_machine.travel(NOW, tick=False):
        generate_plans(OCTOBER)
        yield


def tasks(company, key):
    return Task.objects.filter(staff=company.specialist, client=company.client, period="2026-10", step__key=key)


def test_a_talk_with_enough_workers_closes_its_task(ours):
    assert tasks(ours, "talk_workers").get().is_open
    talk_with(ours)
    assert not tasks(ours, "talk_workers").get().is_open


def test_the_same_contact_twice_is_one(ours):
    talk_with(ours, [ours.contact])
    talk_with(ours, [ours.contact])
    task = tasks(ours, "talk_managers").get()
    assert (task.amount, task.is_open) == (1, True)


def test_a_dormitory_visit_belongs_to_its_week(ours):
    talk_with(ours, place="dormitory", started_at=at(dt.date(2026, 10, 14)))
    closed = [task for task in tasks(ours, "dormitory") if not task.is_open]
    assert [task.opens_on <= dt.date(2026, 10, 14) <= task.due_on for task in closed] == [True]


def test_a_call_to_the_dormitory_is_no_visit(ours):
    talk_with(ours, place="dormitory", channel="phone")
    assert all(task.is_open for task in tasks(ours, "dormitory"))


def test_a_talk_of_last_month_closes_nothing_of_this_one(ours):
    talk_with(ours, started_at=at(dt.date(2026, 9, 30)))
    assert tasks(ours, "talk_workers").get().is_open


def test_an_imported_workbook_closes_tasks_too(ours):
    install_default_topics()
    row = {
        "日期": "2026-10-14", "开始时间": "9:00", "时长": "15", "客服": ours.specialist.name, "客户企业": "澄光电子",
        "员工姓名": ours.worker.name, "地点": "3号宿舍", "方式": "面谈", "话题": "宿舍", "内容": "热水",
    }  # fmt: skip
    book = openpyxl.Workbook()
    book.active.append([column.header for column in RECORDS.columns])
    book.active.append([row.get(column.header, "") for column in RECORDS.columns])
    file = io.BytesIO()
    book.save(file)
    assert import_records(file, ours.reviewer).written == 1
    assert not tasks(ours, "talk_workers").get().is_open
    assert sum(not task.is_open for task in tasks(ours, "dormitory")) == 1


def test_the_share_of_talk_sets_minutes_against_the_routine_done(ours):
    talk_with(ours, minutes=60)
    tasks(ours, "roster").update(state=Task.State.DONE, done_at=NOW)
    tasks(ours, "bill").update(state=Task.State.SKIPPED)
    share = share_of_talk(ours.specialist, OCTOBER)
    assert (share, share.percent) == (Share(60, 60), 50)
    assert share_of_talk(ours.colleague, OCTOBER) == Share(0, 0)
