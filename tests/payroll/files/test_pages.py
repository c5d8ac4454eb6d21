"""The pages of files: the way of a batch by its pages, who may press what, and how many queries they need."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.models import BankBatch, MadeFile
from payroll.runs.states import State
from tests.payroll.files.stage import crew, layout, ledger, released
from tests.payroll.runs.stage import approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(cast):
    return cast.ours


def made(company, make, *args):
    with tenant(company.agency):
        return make(company, *args)


def page(client, name, *args, **query):
    answer = client.get(reverse(f"payroll:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_batch_by_its_pages(stage, sign_in):
    run = made(stage, crew)
    client = sign_in(stage.specialist)
    assert "4 人要发" in page(client, "run_files", run.pk)
    with tenant(stage.agency):
        chosen = layout("ccb").pk
    client.post(reverse("payroll:run_batch", args=[run.pk]), {"layout": chosen})
    with tenant(stage.agency):
        batch = BankBatch.objects.get()
    assert "aria-disabled" in page(client, "batch", batch.pk)
    assert client.get(reverse("payroll:batch_file", args=[batch.pk])).status_code == 403

    officer = sign_in(stage.payroll_officer)
    assert officer.get(reverse("payroll:batch_file", args=[batch.pk])).status_code == 302
    officer.post(reverse("payroll:batch_release", args=[batch.pk]), {"confirmed": "1"})
    file = officer.get(reverse("payroll:batch_file", args=[batch.pk]))
    body = b"".join(file.streaming_content)
    assert "王海波" in body.decode("utf-8-sig")
    with tenant(stage.agency):
        line = batch.lines.get(holder="赵敏")
    answer = io.BytesIO(f"账号,户名,金额,退回原因\n{line.account},赵敏,{line.amount_fen / 100:.2f},销户\n".encode())
    answer.name = "退票.csv"
    officer.post(reverse("payroll:batch_answer", args=[batch.pk]), {"file": answer, "rest": "paid"})
    shown = page(officer, "batch", batch.pk)
    assert "退回 1 笔" in shown
    assert "销户" in shown
    assert line.account not in shown
    assert "1 人没进批次" not in page(officer, "files", period="2026-10")
    assert "退回 1 笔" in page(officer, "files", period="2026-10")


def test_a_row_that_does_not_fit_is_shown_and_nothing_written(stage, sign_in):
    batch = made(stage, released)
    officer = sign_in(stage.payroll_officer)
    answer = io.BytesIO("账号,户名,金额,结果\n6222009999999999,路人,1.00,成功\n".encode())
    answer.name = "x.csv"
    refused = officer.post(reverse("payroll:batch_answer", args=[batch.pk]), {"file": answer, "rest": "paid"})
    assert refused.status_code == 422
    assert "不在这个批次里" in refused.content.decode()
    with tenant(stage.agency):
        assert batch.lines.get().state == "open"


def test_missing_accounts_are_listed_by_name(stage, sign_in):
    run = made(stage, approved)
    with tenant(stage.agency):
        stage.worker.bank_accounts.all().delete()
        chosen = layout().pk
    refused = sign_in(stage.specialist).post(reverse("payroll:run_batch", args=[run.pk]), {"layout": chosen})
    assert refused.status_code == 422
    assert "王海波没有工资卡" in refused.content.decode()


def test_the_months_files_by_their_page(stage, sign_in):
    made(stage, crew)
    officer = sign_in(stage.payroll_officer)
    for name, args, data in (
        ("files_tax", [], {"kind": "salary_tax"}),
        ("files_tax", [], {"kind": "personnel"}),
    ):
        officer.post(reverse(f"payroll:{name}", args=args), data | {"period": "2026-11"})
    shown = page(officer, "files", period="2026-11")
    assert shown.count("取文件") == 2
    officer.post(reverse("payroll:files_evidence", args=[stage.client.pk]), {"period": "2026-10"})
    with tenant(stage.agency):
        kinds = {file.kind: file.pk for file in MadeFile.objects.all()}
    assert set(kinds) == {"salary_tax", "personnel", "evidence"}
    taken = officer.get(reverse("payroll:made_file", args=[kinds["salary_tax"]]))
    assert taken["Cache-Control"] == "no-store"
    assert b"".join(taken.streaming_content)[:2] == b"PK"
    assert sign_in(stage.specialist).get(reverse("payroll:made_file", args=[kinds["salary_tax"]])).status_code == 404


def test_a_bank_file_has_no_second_door(stage, sign_in):
    batch = made(stage, released)
    officer = sign_in(stage.payroll_officer)
    assert officer.get(reverse("payroll:made_file", args=[batch.file_id])).status_code == 404


def test_a_long_file_is_made_in_the_background(stage, sign_in, monkeypatch):
    run = made(stage, approved)
    monkeypatch.setattr("payroll.files.jobs.AT_ONCE", 0)
    answer = sign_in(stage.payroll_officer).post(reverse("payroll:run_ledger", args=[run.pk]))
    assert reverse("agency:job", args=[1])[:-2] in answer["Location"]


def test_the_printed_payslips_add_up_and_show_no_numbers(stage, sign_in):
    run = made(stage, crew)
    shown = page(sign_in(stage.specialist), "run_print", run.pk)
    assert shown.count("paper-slip") == 4
    with tenant(stage.agency):
        assert stage.worker.identity_number not in shown
        assert stage.worker.bank_accounts.get().number not in shown
    assert run.state == State.APPROVED


def test_pages_need_few_queries_whatever_the_crew(stage, sign_in):
    batch = made(stage, lambda c: released(c, run=crew(c)))
    made(stage, ledger)
    client = sign_in(stage.payroll_officer)
    for name, args, most in (("files", [], 16), ("run_files", [batch.run_id], 14), ("batch", [batch.pk], 12)):
        with CaptureQueriesContext(connection) as captured:
            page(client, name, *args)
        assert sum(' FROM "' in query["sql"] for query in captured.captured_queries) <= most, name


def test_the_wage_sheet_by_its_page(stage, sign_in, monkeypatch):
    run = made(stage, crew)
    client = sign_in(stage.specialist)
    taken = client.post(reverse("payroll:run_wage_sheet", args=[run.pk]), {"subtotals": "on"})
    assert b"".join(taken.streaming_content).startswith(b"%PDF-")
    assert "工资表" in page(client, "run_files", run.pk)
    monkeypatch.setattr("payroll.files.jobs.AT_ONCE", 0)
    answer = client.post(reverse("payroll:run_wage_sheet", args=[run.pk]))
    assert reverse("agency:job", args=[1])[:-2] in answer["Location"]
