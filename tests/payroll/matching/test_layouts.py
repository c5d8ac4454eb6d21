"""A city's list is read as its layout says: titles, a double head, a row for each insurance; and the way to another."""

import datetime as dt
import json

import pytest
import time_machine
from django.urls import reverse

from agency.tenancy.context import tenant
from agency.uploads.checking import check_upload
from agency.uploads.telling import Teller
from payroll.files.bureau_lists import read_bureau_list
from payroll.files.installing import DATA, ensure_layouts
from payroll.files.layouts import LayoutError
from payroll.layouts.bureau_forms import BUREAU, KEY
from payroll.layouts.drafts import Proposal, approve, propose
from payroll.matching.layout import as_written, bureau_table
from payroll.models import BureauRecord, FileLayout, LayoutDraft
from payroll.policies.loading import load_city_books
from tests.agency.spreadsheets.biff import xls
from tests.agency.spreadsheets.messy import xlsx
from tests.payroll.documents import tables
from tests.payroll.matching.lists import imported, uploaded
from tests.payroll.pages import page
from tests.workers.imports.rosters import doubts, errors

pytestmark = pytest.mark.django_db
SHIPPED = json.loads((DATA / "bureau_lists.json").read_text(encoding="utf-8"))
COLUMNS = [
    {"field": "identity_number", "headers": ["参保人号码"]},
    {"field": "name", "headers": ["参保人"]},
    {"field": "month", "headers": ["属期"]},
    {"field": "insurance", "headers": ["费种"]},
    {"field": "base_fen", "headers": ["单位缴费"]},
    {"field": "employer_fen", "headers": ["划拨甲"]},
    {"field": "employee_fen", "headers": ["划拨乙"]},
]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T04:00:00Z", tick=False):
        yield


def in_use(company, city="苏州", columns=COLUMNS, **spec):
    """Put a city's own layout into use from October on."""
    ensure_layouts()
    proposal = Proposal(BUREAU, KEY, f"{city}社保名单", city, {"titles": 3, "columns": columns} | spec,
                        dt.date(2026, 10, 1), "苏州 2026-10 名单", False)  # fmt: skip
    return approve(propose(proposal, company.administrator), company.payroll_officer)


def sheet(company, *more):
    number = str(company.worker.identity_number)
    return [
        ["苏州市某中心"], ["单位编号 1"], ["姓名", "证件号码（这一行是说明，不是表头）"],
        ["参保人", "参保人号码", "属期", "费种", "单位缴费", "划拨甲", "划拨乙"],
        ["王海波", number, "2026-10", "养老", 5000, 800, 400],
        ["王海波", number, "202610-202610", "医疗", 6000, 450, 100],
        *more,
    ]  # fmt: skip


@pytest.mark.parametrize("build", [xlsx, xls], ids=["xlsx", "xls"])
def test_a_row_for_each_insurance_adds_up_below_titles_that_look_like_heads(stage, build):
    with tenant(stage.agency):
        in_use(stage, by_insurance=True)
    rows = sheet(stage)
    upload = imported(stage, file=build(*rows))
    assert errors(upload) == []
    assert upload.rows == 2
    with tenant(stage.agency):
        record = BureauRecord.objects.get()
        assert (record.worker, record.employer_fen, record.employee_fen) == (stage.worker, 1250_00, 500_00)
        assert (record.base_fen, record.insured, record.paid) == (6000_00, True, True)


def test_a_header_means_what_the_city_says_and_not_what_it_means_elsewhere():
    table = as_written(read_bureau_list({"columns": COLUMNS}), settled=True)
    assert "单位缴费" in table.by_field["base_fen"].synonyms
    assert "单位缴费" not in (table.by_field["employer_fen"].header, *table.by_field["employer_fen"].synonyms)
    assert bureau_table().by_field["employer_fen"].header == "单位缴费"


def test_rows_of_another_month_are_told_and_left_out(stage):
    with tenant(stage.agency):
        in_use(stage, by_insurance=True)
    number = str(stage.worker.identity_number)
    upload = imported(stage, file=xlsx(*sheet(stage, ["王海波", number, "2026-08", "养老", 5000, 800, 400])))
    with tenant(stage.agency):
        assert BureauRecord.objects.get().employer_fen == 1250_00
    upload = uploaded(stage, file=xlsx(*sheet(stage, ["王海波", number, "2026-08", "养老", 5000, 800, 400])))
    assert [row for row, _header, _why in doubts(upload)] == [7]


def test_without_a_row_for_each_insurance_twice_is_an_error(stage):
    with tenant(stage.agency):
        in_use(stage)
    assert errors(uploaded(stage, file=xlsx(*sheet(stage))))


def test_parts_by_insurance_add_up_where_no_total_stands(stage):
    number = str(stage.worker.identity_number)
    rows = [
        ["参保缴费明细"],
        ["姓名", "证件号码", "养老保险", "", "基本医疗", ""],
        ["", "", "单位应缴", "个人应缴", "单位应缴", "个人应缴"],
        ["王海波", number, 800, 400, "450.50", 100],
    ]
    imported(stage, file=xlsx(*rows))
    with tenant(stage.agency):
        record = BureauRecord.objects.get()
        assert (record.employer_fen, record.employee_fen) == (1250_50, 500_00)


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda row: row["city"])
def test_every_shipped_list_reads_back_what_is_written_by_it(stage, shipped):
    found = read_bureau_list(shipped)
    number = str(stage.worker.identity_number)
    told = {"identity_number": number, "name": "王海波", "month": "2026-10", "insurance": "养老", "insured": "正常参保",
            "paid": "已缴", "base_fen": 5000}  # fmt: skip
    row = [told.get(field, 10) for field in found.headers]
    heads = [texts[0] for texts in found.headers.values()]
    with tenant(stage.agency):
        ensure_layouts()
    imported(stage, file=xlsx(*[["标题"]] * found.titles, heads, row), city=shipped["city"])
    with tenant(stage.agency):
        record = BureauRecord.objects.get()
        assert (record.city, record.base_fen, record.worker) == (shipped["city"], 5000_00, stage.worker)
        for side, total in (("employer", record.employer_fen), ("employee", record.employee_fen)):
            parts = sum(name.startswith(side) and name != f"{side}_fen" for name in found.headers)
            assert total == 10_00 * max(parts, 1)
    assert shipped["provisional"]
    assert shipped["source"]


@pytest.mark.parametrize("row", tables("files.md")["Bureaus' lists"], ids=lambda row: row["city"])
def test_the_shipped_lists_as_documented(row):
    shipped = next(each for each in SHIPPED if each["city"] == row["city"])
    found = read_bureau_list(shipped)
    firsts = {field: texts[0] for field, texts in found.headers.items()}
    assert row == {
        "city": shipped["city"],
        "a row for each insurance": "yes" if found.by_insurance else "no",
        "identity number": firsts["identity_number"],
        "base": firsts["base_fen"],
        "columns": " ".join(firsts.values()),
    }


def test_there_is_one_for_every_city_with_rates():
    assert {row["city"] for row in SHIPPED} == {book.city for book in load_city_books().values()}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"columns": COLUMNS[1:]}, "identity_number"),
        ({"columns": [*COLUMNS, {"field": "wage", "headers": ["工资"]}]}, "wage"),
        ({"columns": [*COLUMNS, {"field": "paid", "headers": ["属期"]}]}, "属期"),
        ({"titles": -1}, "标题行"),
        ({"by_insurance": True, "columns": COLUMNS[:3]}, "险种"),
    ],
)
def test_a_layout_that_would_read_wrongly_is_refused_in_words(change, words):
    with pytest.raises(LayoutError, match=words):
        read_bureau_list({"columns": COLUMNS} | change)


def test_columns_matched_by_hand_become_the_citys_layout_with_two_persons(stage, sign_in):
    number = str(stage.worker.identity_number)
    file = xlsx(["标题"], ["谁", "哪个号", "甲"], ["王海波", number, 1250])
    upload = uploaded(stage, file=file, city="无锡")
    assert upload.state == "mapping"
    client = sign_in(stage.specialist)
    chosen = {"name": "A", "identity_number": "B", "employer_fen": "C"}
    assert client.post(reverse("payroll:bureau_mapping", args=[upload.pk]), chosen).status_code == 302
    check_upload(upload.pk, stage.agency.pk, Teller())
    assert "留作无锡的格式" in page(client, "bureau_upload", upload.pk)
    url = reverse("payroll:bureau_layout_keep", args=[upload.pk])
    form = client.get(url).context["form"]
    sent = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    assert (sent["city"], sent["titles"], sent["identity_number"]) == ("无锡", 1, "哪个号")
    sent |= {"valid_from": "2026-10-01"}
    assert "李思思" in client.post(url, sent | {"preview": "1"}).content.decode()
    assert client.post(url, sent).status_code == 302
    with tenant(stage.agency):
        draft = LayoutDraft.objects.get()
        assert not FileLayout.objects.filter(city="无锡").exists()
        assert (draft.spec["titles"], draft.city) == (1, "无锡")
    officer = sign_in(stage.payroll_officer)
    assert "哪个号" in page(officer, "layout_draft", draft.pk)
    officer.post(reverse("payroll:layout_draft_approve", args=[draft.pk]), {"confirmed": "1"})
    with tenant(stage.agency):
        assert FileLayout.objects.get(city="无锡").purpose == BUREAU
    again = uploaded(stage, file=xlsx(["标题"], ["谁", "哪个号", "甲"], ["王海波", number, 1250]), city="无锡市")
    assert again.state == "checked"


def test_the_pages_of_the_lists(stage, sign_in):
    client = sign_in(stage.administrator)
    listed = page(client, "bureau_layouts")
    assert "郑州" in listed
    assert "待确认" in listed
    with tenant(stage.agency):
        row = FileLayout.objects.get(purpose=BUREAU, city="上海")
    assert "养老单位缴费额" in page(client, "bureau_layout", row.pk)
    url = reverse("payroll:bureau_layout_edit")
    assert "个人月缴纳基数" in client.get(url, {"city": "上海"}).content.decode()
    bad = client.post(url, {"city": "上海", "titles": 0, "name": "姓名", "identity_number": "姓名",
                            "valid_from": "2026-12-01", "source": "原表"})  # fmt: skip
    assert bad.status_code == 422
    assert "只留一处" in bad.content.decode()
    assert sign_in(stage.specialist).get(url).status_code == 403
