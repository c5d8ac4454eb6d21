"""A bill by its pages: made, sent, answered by the client's link, invoiced, paid; and who may do what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.models import Bill, SettlementTerms, VatStatus
from tests.payroll.files import stage as files
from tests.payroll.runs.stage import approved
from tests.payroll.settlement.stage import INVOICE, link, sent, terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(cast):
    return cast.ours


def made(company, make, **values):
    with tenant(company.agency):
        return make(company, **values)


def page(client, name, *args, **query):
    answer = client.get(reverse(f"payroll:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(person, page_name, *args, **data):
    return person.post(reverse(f"payroll:{page_name}", args=args), data)


def test_the_whole_way_of_a_bill(stage, sign_in, client):
    made(stage, approved)
    officer = sign_in(stage.payroll_officer)
    post(officer, "vat_status", regime="general_difference", valid_from="2026-01-01")
    with tenant(stage.agency):
        agreement = stage.agreement.pk
    new = {
        "agreement": agreement,
        "valid_from": "2026-01-01",
        "model": "tiered",
        "tiers": "50 120\n* 100",
        "payment_days": 10,
    }
    assert post(officer, "terms_new", stage.client.pk, **new, fee_includes_tax="on").status_code == 302
    assert "≤50" in page(officer, "settlement_terms", stage.client.pk)
    assert "1 家客户还没出账单" in page(officer, "bills", period="2026-10")
    post(officer, "bill_make", stage.client.pk, period="2026-10")
    with tenant(stage.agency):
        bill = Bill.objects.get()
    assert (bill.rule["fee_agreed_fen"], bill.state) == (120_00, "draft")
    assert (
        post(officer, "bill_line", bill.pk, kind="back_payment", label="9月补差", amount_fen="88.80").status_code == 302
    )
    post(officer, "bill_send", bill.pk, confirmed="1")
    shown = page(officer, "bill", bill.pk)
    assert "9月补差" in shown
    token = shown.split('data-copy="http://testserver')[1].split('"')[0].removesuffix("/").rsplit("/", 1)[1]

    officer.logout()
    public = page(client, "bill_public", token)
    assert "我们确认" in public
    assert "9月补差" in public
    assert post(client, "bill_confirm", token).status_code == 422
    assert post(client, "bill_dispute", token, name="周经理").status_code == 422
    post(client, "bill_confirm", token, name="周经理")
    assert "我们确认" not in page(client, "bill_public", token)

    officer = sign_in(stage.payroll_officer)
    assert post(officer, "bill_invoice", bill.pk, number="123", invoiced_on="2026-11-20").status_code == 422
    assert post(officer, "bill_invoice", bill.pk, number=INVOICE, invoiced_on="2026-11-20").status_code == 302
    with tenant(stage.agency):
        bill.refresh_from_db()
    amount = f"{bill.total_fen // 100}.{bill.total_fen % 100:02d}"
    assert "客户欠" in page(officer, "receivables")
    post(officer, "receipt_new", client=stage.client.pk, amount_fen=amount, received_on="2026-11-20", reference="B7")
    assert "没有欠款" in page(officer, "receivables")
    assert "已收齐" in page(officer, "bills", period="2026-10")
    again = post(
        officer, "receipt_new", client=stage.client.pk, amount_fen=amount, received_on="2026-11-20", reference="B7"
    )
    assert again.status_code == 422


def test_a_forged_link_gets_a_friendly_page(stage, client):
    token = made(stage, link)
    answer = client.get(reverse("payroll:bill_public", args=[token[:-3] + "abc"]))
    assert answer.status_code == 404
    assert "链接" in answer.content.decode()


def test_staff_cannot_answer_for_the_client(stage, sign_in):
    token = made(stage, link)
    officer = sign_in(stage.payroll_officer)
    officer.get(reverse("payroll:bills"))
    post(officer, "bill_confirm", token, name="自己人")
    with tenant(stage.agency):
        assert Bill.objects.get().state == "sent"


def test_no_money_no_payout_by_the_pages(stage, sign_in):
    with tenant(stage.agency):
        terms(stage, money_first=True)
        batch = files.batch(stage)
        bill = sent(stage)
    officer = sign_in(stage.payroll_officer)
    release = reverse("payroll:batch_release", args=[batch.pk])
    refused = officer.post(release, {"confirmed": "1"}, follow=True)
    assert "的款没到" in refused.content.decode()
    manager = sign_in(stage.manager)
    assert "款没到先发" in page(manager, "bill", bill.pk)
    assert post(manager, "payout_consent", batch.run_id, reason=" ").status_code == 422
    assert post(manager, "payout_consent", batch.run_id, reason="客户承诺周五付").status_code == 302
    assert "客户承诺周五付" in page(manager, "bill", bill.pk)
    officer = sign_in(stage.payroll_officer)
    officer.post(release, {"confirmed": "1"})
    with tenant(stage.agency):
        batch.refresh_from_db()
        assert (batch.state, batch.consented_by) == ("released", stage.manager)


@pytest.mark.parametrize(
    "wrong",
    [
        {"model": "tiered", "tiers": "50 120"},
        {"model": "percentage"},
        {"model": "per_head", "amount_fen": "x"},
        {"valid_from": "2025-01-01"},
    ],
)
def test_terms_that_cannot_be_right_are_said_at_the_field(stage, sign_in, wrong):
    officer = sign_in(stage.payroll_officer)
    with tenant(stage.agency):
        given = {
            "agreement": stage.agreement.pk,
            "valid_from": "2026-01-01",
            "model": "per_head",
            "amount_fen": "120",
            "payment_days": 10,
        }
    assert post(officer, "terms_new", stage.client.pk, **given | wrong).status_code == 422
    with tenant(stage.agency):
        assert not SettlementTerms.objects.exists()


def test_a_vat_status_follows_the_one_before(stage, sign_in):
    officer = sign_in(stage.payroll_officer)
    post(officer, "vat_status", regime="small_scale", valid_from="2026-01-01")
    post(officer, "vat_status", regime="general_difference", valid_from="2026-07-01")
    assert post(officer, "vat_status", regime="small_scale", valid_from="2026-03-01").status_code == 422
    with tenant(stage.agency):
        assert [str(row.valid_to) for row in VatStatus.objects.order_by("valid_from")] == ["2026-07-01", "None"]


def test_empty_pages_say_what_to_do(stage, sign_in):
    officer = sign_in(stage.payroll_officer)
    assert "没有要出的账单" in page(officer, "bills", period="2026-10")
    assert "没有欠款" in page(officer, "receivables")
    assert "还没约定服务费" in page(officer, "settlement_terms", stage.client.pk)


def test_pages_need_few_queries(stage, sign_in):
    bill = made(stage, sent)
    officer = sign_in(stage.payroll_officer)
    for name, args, most in (("bills", [], 12), ("bill", [bill.pk], 16), ("receivables", [], 14)):
        with CaptureQueriesContext(connection) as captured:
            page(officer, name, *args)
        assert sum(' FROM "' in query["sql"] for query in captured.captured_queries) <= most, name
