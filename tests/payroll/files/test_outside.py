"""A run is paid when its batches are; without one only with a reason, by a colleague, and for everybody to see."""

import io
import zipfile

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from agency.models import BusinessEvent
from agency.tenancy.context import tenant
from agency.uploads import vault
from payroll.files.batches import make_batch, still_to_pay
from payroll.files.evidence import missing
from payroll.files.making import make_evidence
from payroll.files.outside import pay_outside, prove_outside
from payroll.files.releasing import Answer, answer
from payroll.models import BankLine, PaidOutside
from payroll.refusals import Refused
from tests.payroll.files.stage import crew, layout, released
from tests.payroll.runs.stage import OCTOBER

pytestmark = pytest.mark.django_db


def test_paid_in_cash_with_a_reason(ours):
    run = crew(ours)
    outside = pay_outside(run, "cash", "工人没带卡，现场发现金", ours.payroll_officer)
    run.refresh_from_db()
    assert (run.state, outside.amount_fen, outside.workers) == ("paid", run.totals["net_fen"], 4)
    assert not still_to_pay(run).exists()
    assert BusinessEvent.objects.filter(name="payroll.run.paid_outside", data__how="cash").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        PaidOutside.objects.update(reason="x")


def test_not_without_a_reason_not_by_the_preparer_not_twice(ours):
    run = crew(ours)
    with pytest.raises(Refused, match="为什么"):
        pay_outside(run, "cash", " ", ours.payroll_officer)
    with pytest.raises(Refused, match="同事"):
        pay_outside(run, "cash", "现金", run.preparer)
    pay_outside(run, "cash", "现金", ours.payroll_officer)
    with pytest.raises(Refused):
        pay_outside(run, "cash", "现金", ours.payroll_officer)


def test_with_a_batch_the_state_follows_the_batch(ours):
    run = crew(ours)
    make_batch(run, layout(), ours.specialist)
    with pytest.raises(Refused, match="批次"):
        pay_outside(run, "other_bank", "另一家银行", ours.payroll_officer)


def test_by_the_page_and_seen_there(stage, sign_in):
    with tenant(stage.agency):
        run = crew(stage)
    officer = sign_in(stage.payroll_officer)
    url = reverse("payroll:run_pay", args=[run.pk])
    assert officer.post(url, {"how": "cash", "reason": ""}).status_code == 422
    assert officer.post(url, {"how": "cash", "reason": "现场发现金"}).status_code == 302
    shown = officer.get(reverse("payroll:run_files", args=[run.pk])).content.decode()
    assert "现场发现金" in shown
    assert "不走银行文件" in officer.get(reverse("payroll:files"), {"period": "2026-10"}).content.decode()
    assert sign_in(stage.specialist).get(url).status_code == 403


def tables_of(made):
    archive = zipfile.ZipFile(io.BytesIO(vault.get(made.stored).read()))
    return {name: list(load_workbook(io.BytesIO(archive.read(name))).active.values)
            for name in archive.namelist() if name.endswith(".xlsx")}  # fmt: skip


def test_paid_outside_with_a_proof_counts_in_the_vat_evidence(ours):
    run = crew(ours)
    outside = pay_outside(run, "cash", "工人没带卡，现场发现金", ours.payroll_officer)
    net = run.totals["net_fen"]
    assert missing(ours.client, OCTOBER) == net
    told = prove_outside(outside, "10 月签收单 4 页", ours.payroll_officer)
    assert (told.proof, missing(ours.client, OCTOBER)) == ("10 月签收单 4 页", 0)
    made = make_evidence(ours.client, OCTOBER, ours.payroll_officer)
    assert made.remarks == []
    _head, *rows, sums = tables_of(made)["批次外支付记录.xlsx"]
    assert {row[2:5] for row in rows} == {("现金", "工人没带卡，现场发现金", "10 月签收单 4 页")}
    assert (len(rows), round(sums[-1] * 100)) == (4, net)


def test_a_proof_is_written_once_and_not_empty(ours):
    outside = pay_outside(crew(ours), "cash", "现金", ours.payroll_officer)
    with pytest.raises(Refused):
        prove_outside(outside, " ", ours.payroll_officer)
    prove_outside(outside, "签收单", ours.payroll_officer)
    with pytest.raises(Refused, match="签收单"):
        prove_outside(outside, "另一张", ours.payroll_officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaidOutside.objects.update(proof="另一张")


def test_what_the_client_paid_itself_is_told_and_not_deducted(ours):
    run = crew(ours)
    pay_outside(run, "client", "客户直接发了", ours.payroll_officer, "客户的流水 1120")
    assert missing(ours.client, OCTOBER) == run.totals["net_fen"]
    made = make_evidence(ours.client, OCTOBER, ours.payroll_officer)
    assert made.remarks == [{"unconfirmed_fen": run.totals["net_fen"]}]
    assert "客户自己发" in {row[2] for row in tables_of(made)["批次外支付记录.xlsx"]}


def test_who_is_in_a_paid_batch_stands_there_and_not_outside(ours):
    run = crew(ours)
    made = released(ours, run=run)
    failed, *_paid = BankLine.objects.filter(batch=made).order_by("serial")
    answer(
        made,
        [Answer(failed.pk, paid=False, reason="账号不符")],
        ours.payroll_officer,
        rest_paid=True,
    )
    pay_outside(run, "cash", "卡号错了，先发现金", ours.payroll_officer, "签收单")
    assert missing(ours.client, OCTOBER) == 0
    tables = tables_of(make_evidence(ours.client, OCTOBER, ours.payroll_officer))
    assert [row[1] for row in tables["批次外支付记录.xlsx"][1:-1]] == [failed.holder]
    assert failed.holder not in [row[1] for row in tables["工资支付记录.xlsx"]]
