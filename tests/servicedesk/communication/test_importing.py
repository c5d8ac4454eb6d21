"""A workbook of records: all of it or nothing, every bad cell named, safe to repeat."""

import datetime as dt
import io

import openpyxl
import pytest
import time_machine

from agency.periods import Period
from agency.spreadsheets.refusals import Refused
from agency.spreadsheets.templates import build_template
from clients.models import Site
from servicedesk.communication.importing import import_records
from servicedesk.communication.record_columns import RECORDS
from servicedesk.communication.topics import install_default_topics
from servicedesk.models import CommunicationLog, Confirmation, LogPerson
from tests.cast import hire
from tests.servicedesk.communication.making import NOW

pytestmark = pytest.mark.django_db
HEADERS = [column.header for column in RECORDS.columns]
ROW = {
    "日期": "2026-10-12", "开始时间": "14:30", "结束时间": "14:50", "客服": "林禾", "客户企业": "澄光电子",
    "员工姓名": "王海波", "地点": "一号车间", "方式": "面谈", "话题": "加班费", "内容": "问9月加班费怎么算，已说清。",
    "是否确认": "是", "评分": "4",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _november(ours):
    install_default_topics()
    with time_machine.travel(NOW + dt.timedelta(days=20), tick=False):
        yield


def workbook(*rows):
    book = openpyxl.Workbook()
    book.active.append(HEADERS)
    for row in rows:
        book.active.append([row.get(header, "") for header in HEADERS])
    file = io.BytesIO()
    book.save(file)
    return file


def problems(imported):
    return [(error.row, error.header, str(error.reason)) for error in imported.report.errors]


def test_a_row_becomes_a_talk(ours):
    imported = import_records(workbook(ROW), ours.reviewer)
    assert (problems(imported), imported.written, imported.known) == ([], 1, 0)
    log = CommunicationLog.objects.get()
    assert (log.staff, log.client, log.site) == (ours.specialist, ours.client, ours.site)
    assert (log.channel, log.place, log.minutes, log.day) == ("face", "workshop", 20, dt.date(2026, 10, 12))
    assert (log.is_imported, log.is_late) == (True, True)
    assert [str(row.topic) for row in log.topic_rows.all()] == ["加班"]


def test_a_tick_on_paper_weighs_less(ours):
    import_records(workbook(ROW), ours.reviewer)
    said = Confirmation.objects.get()
    assert (said.answer, said.rating, said.on_paper, said.weighs_less) == ("yes", 3, True, True)
    assert not CommunicationLog.objects.confirmed().exists()


def test_the_same_file_again_writes_nothing_new(ours):
    import_records(workbook(ROW), ours.reviewer)
    again = import_records(workbook(ROW), ours.reviewer)
    assert (again.written, again.known, CommunicationLog.objects.count()) == (0, 1, 1)


def test_the_same_row_twice_is_one_talk_and_is_said(ours):
    imported = import_records(workbook(ROW, ROW), ours.reviewer)
    assert imported.written == 1
    assert [(warning.row, warning.header) for warning in imported.report.warnings] == [(3, "内容")]


def test_one_bad_cell_and_nothing_is_written(ours):
    imported = import_records(workbook(ROW, {**ROW, "员工姓名": "没这人"}, {**ROW, "方式": "托梦"}), ours.reviewer)
    assert [(row, header) for row, header, _why in problems(imported)] == [(3, "员工姓名"), (4, "方式")]
    assert (imported.written, CommunicationLog.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("change", "header"),
    [
        ({"客服": "没这人"}, "客服"),
        ({"客服": "罗禾"}, "客服"),  # a colleague who does not serve this client
        ({"客户企业": "没这家"}, "客户企业"),
        ({"员工姓名": "罗永强"}, "员工姓名"),  # works at the other client
        ({"员工姓名": "", "客户联系人": "没这人"}, "客户联系人"),
        ({"日期": "2027-01-05"}, "日期"),
        ({"日期": "2025-12-31"}, "客服"),
        ({"结束时间": "14:10"}, "结束时间"),
        ({"结束时间": "", "时长": "721"}, "时长"),
    ],
)
def test_what_cannot_be_is_named_with_its_cell(ours, change, header):
    imported = import_records(workbook({**ROW, **change}), ours.reviewer)
    assert [(row, where) for row, where, _why in problems(imported)] == [(2, header)]


def test_two_of_one_name_need_the_number(ours):
    namesake = hire("王海波", 444, ours.client, ours.site, ours.post)
    imported = import_records(workbook(ROW), ours.reviewer)
    assert [header for _row, header, _why in problems(imported)] == ["员工姓名"]
    import_records(workbook({**ROW, "身份证号": namesake.identity_number}), ours.reviewer)
    assert LogPerson.objects.get().worker == namesake


def test_a_talk_with_a_contact(ours):
    import_records(workbook({**ROW, "员工姓名": "", "客户联系人": "高班长"}), ours.reviewer)
    assert LogPerson.objects.get().contact == ours.contact


@pytest.mark.parametrize(
    ("text", "place"),
    [("3号宿舍", "dormitory"), ("2号宿舍楼下", "dormitory"), ("贴片车间", "workshop"), ("路上", "elsewhere")],
)
def test_places_are_read_as_people_write_them(ours, text, place):
    dormitory = Site.objects.create(client=ours.client, name="3号宿舍", kind=Site.Kind.DORMITORY)
    import_records(workbook({**ROW, "地点": text}), ours.reviewer)
    log = CommunicationLog.objects.get()
    assert log.place == place
    assert (log.site == dormitory) is (text == "3号宿舍")


def test_with_a_month_days_may_leave_the_year_out_and_must_lie_in_it(ours):
    october = Period(2026, 10)
    assert import_records(workbook({**ROW, "日期": "10月12日"}), ours.reviewer, period=october).written == 1
    assert problems(import_records(workbook({**ROW, "日期": "10月12日"}), ours.reviewer))
    outside = import_records(workbook({**ROW, "日期": "2026-11-01"}), ours.reviewer, period=october)
    assert [header for _row, header, _why in problems(outside)] == ["日期"]


def test_without_a_place_it_is_where_they_work(ours):
    import_records(workbook({**ROW, "地点": ""}), ours.reviewer)
    assert CommunicationLog.objects.get().site == ours.site


@pytest.mark.parametrize(("text", "topic"), [("食堂", "吃饭"), ("请假", "活儿"), ("天气", "别的"), ("工资", "工资")])
def test_topics_are_read_as_people_write_them(ours, text, topic):
    import_records(workbook({**ROW, "话题": text}), ours.reviewer)
    assert [str(row.topic) for row in CommunicationLog.objects.get().topic_rows.all()] == [topic]


def test_a_specialist_brings_in_their_own_only(ours):
    assert import_records(workbook(ROW), ours.specialist).written == 1
    imported = import_records(workbook({**ROW, "内容": "另一次"}), ours.colleague)
    assert [header for _row, header, _why in problems(imported)] == ["客服"]


def test_a_file_without_the_columns_is_refused(ours):
    with pytest.raises(Refused):
        import_records(io.BytesIO("日期,方式,话题\n2026-10-12,面谈,工资\n".encode()), ours.reviewer, filename="x.csv")


def test_the_template_we_hand_out_can_be_read(ours):
    file = io.BytesIO(build_template(RECORDS))
    imported = import_records(file, ours.reviewer)
    assert imported.report.rows <= 1
