"""The pages of a worker's tax year: what is shown, what is asked, and what a refusal says."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agency.periods import Period
from agency.tenancy.context import tenant
from payroll.declarations.declaring import Declared, declare
from payroll.models import TaxDeclaration, TaxOpeningBalance, TaxYearChoice
from payroll.runs.models import PayrollRun
from tests.payroll.pages import made, page
from tests.payroll.runs.stage import computed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 11, 23, 10), tick=False) as clock:
        yield clock


@pytest.fixture
def specialist(client, stage):
    client.force_login(stage.specialist)
    return client


@pytest.fixture
def officer(client, stage):
    client.force_login(stage.payroll_officer)
    return client


def post(client, name, *args, **data):
    return client.post(reverse(f"payroll:{name}", args=args), data)


def test_the_page_is_empty_then_holds_what_was_declared(stage, specialist):
    assert "还没有申报" in page(specialist, "worker_tax", stage.worker.pk)
    answer = post(specialist, "declaration_new", stage.worker.pk, "children_education", count="2", share="50",
                  since="2026-09", note="大女儿、小儿子")  # fmt: skip
    assert answer.status_code == 302
    text = page(specialist, "worker_tax", stage.worker.pk)
    assert "¥2,000.00 × 2 × 50%" in text
    assert "大女儿、小儿子" in text
    assert "子女教育" in page(specialist, "worker_tax_panel", stage.worker.pk)


def test_only_what_a_kind_has_is_asked(stage, specialist):
    text = page(specialist, "declaration_new", stage.worker.pk, "rent")
    assert 'name="amount_fen" value="150000"' in text
    assert "months_before" not in text
    text = page(specialist, "declaration_new", stage.worker.pk, "relief")
    assert "减征比例" in text


def test_what_cannot_be_is_said_at_its_field(stage, specialist):
    with tenant(stage.agency):
        declare(stage.worker, Declared("rent", Period(2026, 1), amount_fen=80_000), stage.specialist)
    answer = post(specialist, "declaration_new", stage.worker.pk, "housing_loan", share="100", since="2026-11")
    assert answer.status_code == 422
    assert "住房贷款利息和住房租金不能同时扣" in answer.content.decode()


def test_it_is_ended_and_withdrawn_and_open_runs_ask_to_be_computed(stage, specialist, today):
    run = made(stage, computed)
    today.shift(60)
    with tenant(stage.agency):
        row = declare(stage.worker, Declared("rent", Period(2026, 1), amount_fen=80_000), stage.specialist)
        assert PayrollRun.objects.get(pk=run.pk).is_stale
    assert post(specialist, "declaration_end", row.pk, until="2026-10").status_code == 302
    assert post(specialist, "declaration_withdraw", row.pk).status_code == 302
    with tenant(stage.agency):
        row = TaxDeclaration.objects.get()
        assert (row.valid_to, row.withdrawn_at is None) == (dt.date(2026, 11, 1), False)


def test_the_year_goes_by_what_the_worker_showed(stage, specialist):
    answer = post(specialist, "tax_year", stage.worker.pk, basic_method="2", source="")
    assert "一次减 6 万要上一年全年都在这里" in answer.content.decode()
    assert post(specialist, "tax_year", stage.worker.pk, basic_method="1", source="毕业证").status_code == 302
    assert "毕业证" in page(specialist, "worker_tax", stage.worker.pk)
    with tenant(stage.agency):
        assert TaxYearChoice.objects.get().basic_method == 1


def test_figures_of_the_payroll_before_by_hand(stage, officer):
    given = {"through_month": "9", "months": "10", "basic_method": "0", "income_fen": "30000", "withheld_fen": "31.20"}
    assert post(officer, "worker_opening", stage.worker.pk, **given).status_code == 422
    assert post(officer, "worker_opening", stage.worker.pk, **given | {"months": "9"}).status_code == 302
    with tenant(stage.agency):
        row = TaxOpeningBalance.objects.get()
        assert (row.months, row.income_fen, row.withheld_fen) == (9, 30_000_00, 31_20)
    assert "截至 9 月" in page(officer, "worker_tax", stage.worker.pk)
