"""Figures of the payroll before come in by workbook: all rows or none, each fault at its cell."""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agency.periods import Period
from agency.tenancy.context import tenant
from payroll.balances.importing import import_openings
from payroll.models import TaxOpeningBalance
from tests.payroll.runs.stage import approved, computed, slip_of

pytestmark = pytest.mark.django_db
HEADERS = "工号,姓名,年度,截至月份,在职月数,减除费用方式,累计收入,累计专项扣除,累计专项附加扣除,累计已扣税额"
GOOD = "0101,王海波,2026,10,9,每月5000,45886.20,4846.10,9000,31.20"


@pytest.fixture(autouse=True)
def on_23_november():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


def book(*rows, headers=HEADERS):
    return io.BytesIO("\n".join([headers, *rows]).encode("utf-8-sig"))


def bring(ours, *rows, headers=HEADERS):
    return import_openings(book(*rows, headers=headers), ours.payroll_officer, filename="期初.csv")


def test_the_year_goes_on_from_what_was_brought_over(ours):
    assert bring(ours, GOOD).is_clean
    balance = TaxOpeningBalance.objects.get()
    assert (balance.worker_id, balance.through_month, balance.months, balance.income_fen, balance.withheld_fen) == (
        ours.worker.pk, 10, 9, 45_886_20, 31_20,
    )  # fmt: skip
    slip = slip_of(computed(ours, Period(2026, 10)), ours.worker)
    assert (slip.months_here, slip.income_to_date_fen) == (10, 45_886_20 + slip.gross_fen)


def test_the_same_file_twice_changes_nothing_and_a_new_one_replaces(ours):
    bring(ours, GOOD)
    bring(ours, GOOD)
    assert bring(ours, GOOD.replace("31.20", "41.20").replace("每月5000", "一次减6万")).is_clean
    balance = TaxOpeningBalance.objects.get()
    assert (balance.withheld_fen, balance.basic_method) == (41_20, 2)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (GOOD.replace("0101", "9999"), "employee_no"),
        (GOOD.replace("王海波", "王海涛"), "name"),
        (GOOD.replace("2026", "2017"), "tax_year"),
        (GOOD.replace(",10,9,", ",10,11,"), "months"),
        (GOOD.replace(",10,9,", ",13,9,"), "through_month"),
        (GOOD.replace("45886.20", "-1"), "income_fen"),
        (GOOD.replace("45886.20", "很多"), "income_fen"),
        (GOOD.replace("31.20", ""), "withheld_fen"),
        (GOOD.replace("每月5000", "每年5000"), "basic_method"),
    ],
)
def test_a_wrong_cell_is_told_and_nothing_is_written(ours, row, field):
    checked = bring(ours, GOOD, row) if "9999" in row else bring(ours, row)
    assert not checked.is_clean
    assert field in {finding.field for finding in checked.report.errors}
    assert not TaxOpeningBalance.objects.exists()


def test_a_missing_column_is_told(ours):
    checked = bring(ours, "0101,王海波", headers="工号,姓名")
    assert not checked.is_clean and checked.problems


def test_a_year_already_paid_here_is_refused(ours):
    approved(ours, Period(2026, 9))
    assert {finding.field for finding in bring(ours, GOOD).report.errors} == {"tax_year"}


def test_the_page_gives_the_marked_file_back(ours, sign_in):
    browser, url = sign_in(ours.payroll_officer), reverse("payroll:openings")

    def send(*rows):
        return browser.post(url, {"file": SimpleUploadedFile("期初.csv", book(*rows).getvalue())})

    wrong = send(GOOD.replace("45886.20", "很多"))
    assert wrong.status_code == 422
    assert wrong.context["errors"][0].header == "累计收入"
    marked = browser.get(reverse("payroll:openings_marked", args=[wrong.context["token"]]))
    assert marked.status_code == 200 and b"".join(marked.streaming_content).startswith(b"PK")
    assert browser.get(reverse("payroll:openings_marked", args=["forged"])).status_code == 404
    assert browser.get(reverse("payroll:openings_template")).content.startswith(b"PK")
    assert send(GOOD).status_code == 302
    with tenant(ours.agency):
        assert TaxOpeningBalance.objects.count() == 1
