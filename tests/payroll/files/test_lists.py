"""Insurance lists, wage ledger and VAT evidence, read back by readers of their own."""

import csv
import datetime as dt
import hashlib
import io
import zipfile

import pytest
from openpyxl import load_workbook

from agency.periods import Period
from agency.uploads import vault
from agency.uploads.storing import sweep
from payroll.files.cutoff_days import INSURED
from payroll.files.cutoffs import cutoffs_of
from payroll.files.evidence import missing
from payroll.files.installing import ensure_layouts
from payroll.files.insurance import changes, reporting_month
from payroll.files.making import make_evidence, make_insurance, make_ledger
from payroll.files.releasing import answer
from payroll.models import Payslip
from payroll.refusals import Refused
from tests.cast import hire
from tests.payroll.documents import tables
from tests.payroll.files.stage import crew, released
from tests.payroll.layouts.stage import cutoff_draft
from tests.payroll.runs.stage import OCTOBER, computed
from workers.models import InsuranceEnrolment, LabourContract

pytestmark = pytest.mark.django_db
NOVEMBER = Period(2026, 11)


def book(made):
    return load_workbook(io.BytesIO(vault.get(made.stored).read()))


def rows_of(page):
    heads, *rows = page.values
    return [dict(zip(heads, row, strict=True)) for row in rows]


def newcomer(ours, name, serial, joined, since, **enrolment):
    worker = hire(name, serial, ours.client, ours.site, ours.post)
    LabourContract.objects.filter(worker=worker).update(valid_from=joined)
    InsuranceEnrolment.objects.filter(worker=worker).update(valid_from=since, **enrolment)
    worker.refresh_from_db()
    return worker


@pytest.mark.parametrize("row", tables("files.md")["Cut-off day"], ids=lambda row: row["the worker came or went"])
def test_the_cut_off_day_as_documented(row):
    effective, happened = (
        dt.date.fromisoformat(row[name]) for name in ("first day it holds", "the worker came or went")
    )
    assert str(reporting_month(effective, happened, 15)) == row["reported in"]


def test_joining_and_leaving_stand_on_two_sheets(ours):
    newcomer(ours, "周新", 401, dt.date(2026, 11, 3), dt.date(2026, 11, 1))
    newcomer(ours, "吴晚", 402, dt.date(2026, 11, 20), dt.date(2026, 11, 1))
    InsuranceEnrolment.objects.filter(worker=ours.worker).update(valid_to=dt.date(2026, 11, 1))
    LabourContract.objects.filter(worker=ours.worker).update(valid_to=dt.date(2026, 10, 29))
    made = make_insurance("苏州", NOVEMBER, ours.payroll_officer)
    joining, leaving = rows_of(book(made)["增员"]), rows_of(book(made)["减员"])
    assert [(row["姓名"], row["参保日期"], row["增员原因"]) for row in joining] == [("周新", "2026-11-01", "新参保")]
    assert [(row["姓名"], row["停保日期"], row["减员原因"]) for row in leaving] == [
        ("王海波", "2026-10-31", "解除合同")
    ]
    assert joining[0]["证件号码"].isalnum()
    assert joining[0]["申报工资"] == 5000
    later = changes("苏州", NOVEMBER.next())
    assert [entry["name"] for entry in later.joining] == ["吴晚"]


def test_a_new_base_is_no_change_and_a_new_city_is_two(ours):
    first = InsuranceEnrolment.objects.get(worker=ours.worker)
    first.valid_to = dt.date(2026, 11, 1)
    first.save()
    again = InsuranceEnrolment.objects.create(
        worker=ours.worker, city="苏州", base_fen=600_000, valid_from=dt.date(2026, 11, 1)
    )
    assert changes("苏州", NOVEMBER).count == 0
    again.city = "无锡"
    again.save()
    assert [entry["reason"] for entry in changes("苏州", NOVEMBER).leaving] == ["转出"]
    assert [entry["reason"] for entry in changes("无锡", NOVEMBER).joining] == ["转入"]


def test_a_specialists_list_holds_their_clients_workers_only(ours):
    newcomer(ours, "周新", 401, dt.date(2026, 11, 3), dt.date(2026, 11, 1))
    assert changes("苏州", NOVEMBER, [ours.other_client.pk]).count == 0
    assert changes("苏州", NOVEMBER, [ours.client.pk]).count == 1


def test_a_month_without_changes_makes_no_file(ours):
    with pytest.raises(Refused):
        make_insurance("苏州", NOVEMBER, ours.payroll_officer)


def test_the_ledger_has_the_fields_of_the_law_and_adds_up(ours):
    run = crew(ours)
    released(ours, run=run)
    made = make_ledger(run, ours.payroll_officer)
    rows = rows_of(book(made).active)
    assert {
        "用人单位",
        "工资所属月份",
        "发放日期",
        "姓名",
        "身份证号",
        "联系电话",
        "出勤天",
        "应发",
        "实发",
        "本人签字",
    } <= set(rows[0])
    assert round(sum(row["实发"] for row in rows) * 100) == run.totals["net_fen"]
    assert {row["发放结果"] for row in rows} == {"已送银行"}
    assert all(isinstance(row["身份证号"], str) for row in rows)


def test_the_ledger_waits_for_the_approval(ours):
    with pytest.raises(Refused):
        make_ledger(computed(ours), ours.payroll_officer)


def test_the_evidence_adds_up_with_payroll_and_names_its_digests(ours):
    run = crew(ours)
    made = released(ours, run=run)
    assert missing(ours.client, OCTOBER) == run.totals["net_fen"]
    answer(made, [], ours.payroll_officer, rest_paid=True)
    file = make_evidence(ours.client, OCTOBER, ours.payroll_officer)
    assert file.remarks == []
    archive = zipfile.ZipFile(io.BytesIO(vault.get(file.stored).read()))
    index = list(csv.DictReader(io.StringIO(archive.read("目录.csv").decode("utf-8-sig"), newline="")))
    assert [row["SHA-256"] for row in index] == [hashlib.sha256(archive.read(row["文件"])).hexdigest() for row in index]
    slips = Payslip.objects.filter(run=run)
    social = sum(s.employee_social_fen + s.employer_social_fen for s in slips)
    fund = sum(s.employee_fund_fen + s.employer_fund_fen for s in slips)
    sums = [run.totals["net_fen"], social, fund]
    assert [row["金额"] for row in index] == [f"{fen // 100}.{fen % 100:02d}" for fen in sums]
    for row, total in zip(index, sums, strict=True):
        last = list(load_workbook(io.BytesIO(archive.read(row["文件"]))).active.values)[-1]
        assert (last[0], round(last[-1] * 100)) == ("合计", total)


def test_what_no_bank_has_confirmed_is_remarked(ours):
    run = crew(ours)
    file = make_evidence(ours.client, OCTOBER, ours.payroll_officer)
    assert file.remarks == [{"unconfirmed_fen": run.totals["net_fen"]}]


def test_the_sweep_of_uploads_leaves_made_files(ours, monkeypatch):
    made = make_ledger(crew(ours), ours.payroll_officer)
    monkeypatch.setattr("agency.uploads.storing._JUST_WRITTEN", -1)
    stray = vault.put(io.BytesIO(b"stray"))
    sweep()
    assert vault.get(made.stored).read()
    with pytest.raises(FileNotFoundError):
        vault.get(stray)


@pytest.mark.parametrize(
    ("joined", "in_november", "in_december"),
    [(10, "养老、医疗、失业、工伤、生育、公积金", ""), (15, "养老、医疗、失业、工伤、生育、公积金", ""),
     (16, "公积金", "养老、医疗、失业、工伤、生育"), (25, "公积金", "养老、医疗、失业、工伤、生育"),
     (26, "", "养老、医疗、失业、工伤、生育、公积金")],
)  # fmt: skip
def test_each_insurance_goes_by_its_own_cut_off_day(ours, joined, in_november, in_december):
    days = dict.fromkeys(("pension", "medical", "unemployment", "injury", "maternity"), 15) | {"housing_fund": 25}
    cutoff_draft(ours, "苏州", days)
    newcomer(ours, "周新", 401, dt.date(2026, 11, joined), dt.date(2026, 11, 1), housing_fund_base_fen=500_000)
    for month, words in ((NOVEMBER, in_november), (NOVEMBER.next(), in_december)):
        assert [entry["insurances"] for entry in changes("苏州", month).joining] == ([words] if words else [])


def test_a_new_cut_off_day_holds_from_its_day_on(ours):
    ensure_layouts()
    cutoff_draft(ours, "苏州", dict.fromkeys(INSURED, 20), valid_from=dt.date(2026, 12, 1))
    days = cutoffs_of("苏州")
    assert [days.day("pension", day) for day in (dt.date(2026, 11, 30), dt.date(2026, 12, 1))] == [15, 20]
    assert cutoffs_of("无锡").day("pension", dt.date(2026, 12, 1)) == 15
