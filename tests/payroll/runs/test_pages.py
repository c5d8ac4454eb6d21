"""The pages of a run: what they show, who may press what, and how many queries they need."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from agency.tenancy.context import tenant
from payroll.models import PayrollInput, PayrollRun, PayScheme, Payslip
from payroll.payslips.figures import whole
from payroll.runs import jobs
from payroll.runs.approving import submit
from payroll.runs.states import State
from tests.payroll.runs.stage import (
    approved,
    attend,
    compute,
    computed,
    employ,
    look_through,
    marked,
    opened,
    published,
    sheet,
    slip_of,
    submitted,
)  # fmt: skip

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def stage(cast):
    """Our company with nothing active: the pages open their own context."""
    return cast.ours


def made(company, make, **values):
    with tenant(company.agency):
        return make(company, **values)


def page(client, name, *args, **query):
    answer = client.get(reverse(f"payroll:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def reads(client, name, *args):
    """Count the reads of one request, signing in and the frame included."""
    with CaptureQueriesContext(connection) as captured:
        page(client, name, *args)
    return sum(' FROM "' in query["sql"] for query in captured.captured_queries)


def test_the_whole_month_by_its_pages(stage, sign_in):
    client = sign_in(stage.specialist)
    made(stage, lambda c: opened(c))
    run = made(stage, lambda c: PayrollRun.objects.get())
    assert "等考勤表" in page(client, "run", run.pk)
    file = sheet("0101,王海波,22,20,16,8,12")
    file.name = "10月考勤.csv"
    assert client.post(reverse("payroll:run_import", args=[run.pk]), {"file": file}).status_code == 302
    client.post(reverse("payroll:run_compute", args=[run.pk]))
    shown = page(client, "run", run.pk)
    assert "王海波" in shown
    assert "3,600.00" in shown
    client.post(reverse("payroll:run_submit", args=[run.pk]), {"confirmed": "1"})
    officer = sign_in(stage.payroll_officer)
    officer.post(reverse("payroll:run_approve", args=[run.pk]), {"confirmed": "1"})
    specialist = sign_in(stage.specialist)
    specialist.post(reverse("payroll:run_publish", args=[run.pk]), {"confirmed": "1"})
    assert "复制链接" in page(specialist, "run_links", run.pk)
    with tenant(stage.agency):
        run.refresh_from_db()
        assert (run.state, run.published_by, run.approver) == (State.APPROVED, stage.specialist, stage.payroll_officer)


def test_a_bad_sheet_comes_back_with_its_marks(stage, sign_in):
    client = sign_in(stage.specialist)
    run = made(stage, opened)
    file = sheet("0101,王海波,33天", "9999,石磊,22")
    file.name = "考勤.csv"
    answer = client.post(reverse("payroll:run_import", args=[run.pk]), {"file": file})
    assert answer.status_code == 422
    assert "2 行里 0 行没问题" in answer.content.decode()
    marked = client.get(reverse("payroll:run_import_marked", args=[run.pk, answer.context["token"]]))
    workbook = load_workbook(io.BytesIO(b"".join(marked.streaming_content)))
    assert workbook.worksheets[0]["A2"].value == "0101"
    with tenant(stage.agency):
        assert not PayrollInput.objects.exists()


def test_a_marked_sheet_of_another_run_is_not_given(stage, sign_in):
    token = made(stage, marked)
    with tenant(stage.agency):
        other = opened(stage, client=stage.other_client)
    officer = sign_in(stage.payroll_officer)
    assert officer.get(reverse("payroll:run_import_marked", args=[other.pk, token])).status_code == 404


def test_a_file_that_is_no_table_says_so(stage, sign_in):
    client = sign_in(stage.specialist)
    run = made(stage, opened)
    file = io.BytesIO(b"%PDF-1.7")
    file.name = "考勤.pdf"
    answer = client.post(reverse("payroll:run_import", args=[run.pk]), {"file": file})
    assert answer.status_code == 422
    assert "PDF" in answer.content.decode()


def test_the_preparer_sees_why_they_cannot_approve(stage, sign_in):
    with tenant(stage.agency):
        run = computed(stage)
        look_through(run, stage.payroll_officer)
        submit(run, stage.payroll_officer)
    client = sign_in(stage.payroll_officer)
    assert "您经办的，要同事来批" in page(client, "run", run.pk)
    answer = client.post(reverse("payroll:run_approve", args=[run.pk]), {"confirmed": "1"}, follow=True)
    assert "要另一位同事批准" in answer.content.decode()


def test_approving_asks_first(stage, sign_in):
    run = made(stage, submitted)
    client = sign_in(stage.payroll_officer)
    asked = client.post(reverse("payroll:run_approve", args=[run.pk]))
    assert "批准这一批？" in asked.content.decode()
    with tenant(stage.agency):
        assert PayrollRun.objects.get().state == State.SUBMITTED


def test_sending_back_needs_a_reason(stage, sign_in):
    run = made(stage, submitted)
    client = sign_in(stage.payroll_officer)
    url = reverse("payroll:run_return", args=[run.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "夜班少一次"})
    assert "夜班少一次" in page(sign_in(stage.specialist), "run", run.pk)


def test_filters_sort_and_search(stage, sign_in):
    with tenant(stage.agency):
        run = opened(stage)
        attend(run, stage.worker)
        attend(run, employ(stage, "丁秀英", 305), deductions_fen=3000_00)
        compute(run, stage.specialist)
    client = sign_in(stage.specialist)

    def names(**query):
        return re.findall(r'run-name"><a [^>]*>([^<]+)</a>', page(client, "run", run.pk, **query))

    assert names() == ["丁秀英", "王海波"]
    assert names(view="look") == ["丁秀英"]
    assert names(view="new") == []
    assert names(sort="-net") == ["王海波", "丁秀英"]
    assert names(sort="name") == ["丁秀英", "王海波"]
    assert names(q="海波") == names(q="wang") == names(q="0101") == ["王海波"]
    assert names(sort="nonsense", view="nonsense", page="-3") == ["丁秀英", "王海波"]


def test_looking_goes_on_to_the_next_and_tells_the_page(stage, sign_in):
    run = made(stage, computed, deductions_fen=3000_00)
    client = sign_in(stage.specialist)
    with tenant(stage.agency):
        slip = slip_of(run, stage.worker)
    answer = client.post(reverse("payroll:payslip_look", args=[slip.pk]), **HTMX)
    assert "payslip-changed" in answer["HX-Trigger"]
    changes = client.get(reverse("payroll:run", args=[run.pk]), {"part": "changes"}, **HTMX).content.decode()
    assert changes.count("hx-swap-oob") == 2
    assert "看完" not in changes
    assert "<html" not in changes


def test_figures_corrected_by_hand_are_computed_at_once(stage, sign_in):
    run = made(stage, computed)
    client = sign_in(stage.specialist)
    with tenant(stage.agency):
        slip = slip_of(run, stage.worker)
    url = reverse("payroll:payslip_input", args=[slip.pk])
    assert 'value="22"' in client.get(url).content.decode()
    client.post(url, {"days_worked_x100": "20.5", "days_absent_x100": "1.5", "allowances_fen": "100.00"})
    with tenant(stage.agency):
        slip = slip_of(run, stage.worker)
        assert (whole(slip.inputs)["attended_x100"], slip.absence_fen, slip.allowances_fen) == (20_50, 248_28, 100_00)
    assert client.post(url, {"days_worked_x100": "30", "days_absent_x100": "5"}).status_code == 422


def test_the_drawer_tells_where_the_money_comes_from(stage, sign_in):
    run = made(stage, computed, overtime_weekday_x100=20_00)
    client = sign_in(stage.specialist)
    with tenant(stage.agency):
        slip = slip_of(run, stage.worker)
    told = client.get(reverse("payroll:payslip", args=[slip.pk]), **HTMX).content.decode()
    assert "平日加班 20 小时" in told
    assert "3,600 ÷ 21.75 ÷ 8 × 1.5 × 20" in told
    assert "从在本系统发薪的第一个月算起" in told
    assert "<html" not in told


def test_managers_read_no_payslips(stage, sign_in):
    run = made(stage, published)
    client = sign_in(stage.manager)
    for name in ("runs", "run", "run_export", "run_links"):
        args = [] if name == "runs" else [run.pk]
        assert client.get(reverse(f"payroll:{name}", args=args)).status_code == 403


def test_a_specialist_sees_only_their_clients(stage, sign_in):
    run = made(stage, computed)
    client = sign_in(stage.colleague)
    assert client.get(reverse("payroll:run", args=[run.pk])).status_code == 404
    assert "澄光电子" not in page(client, "runs")


def test_the_export_adds_up_and_holds_no_formula(stage, sign_in):
    with tenant(stage.agency):
        run = opened(stage)
        attend(run, stage.worker, overtime_weekday_x100=7_50)
        attend(run, employ(stage, "=1+1", 305), days_absent_x100=1_00)
        compute(run, stage.specialist)
    client = sign_in(stage.specialist)
    answer = client.get(reverse("payroll:run_export", args=[run.pk]))
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows())
    values = [[cell.value for cell in row] for row in rows]
    assert all(cell.data_type != "f" for row in rows for cell in row)
    head, *people, total = values
    assert total[:2] == ["合计", "2 人"]
    for column in range(3, len(head)):
        assert round(sum(row[column] or 0 for row in people), 2) == round(total[column] or 0, 2), head[column]
    net, gross = head.index("实发"), head.index("应发")
    for row in [*people, total]:
        assert round(row[gross] + sum(row[i] or 0 for i in range(gross + 1, net)), 2) == round(row[net], 2)


def test_pages_need_few_reads_however_many_workers(stage, sign_in):
    with tenant(stage.agency):
        run = opened(stage)
        attend(run, stage.worker)
        for serial in range(300, 370):
            attend(run, employ(stage, "张守田", serial))
        compute(run, stage.specialist)
        slip = slip_of(run, stage.worker)
    client = sign_in(stage.specialist)
    assert reads(client, "run", run.pk) <= 10
    assert reads(client, "payslip", slip.pk) <= 9
    assert reads(client, "runs") <= 7


def test_large_runs_are_computed_in_the_background(stage, sign_in, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(jobs, "AT_ONCE", 0)
    with tenant(stage.agency):
        run = opened(stage)
        attend(run, stage.worker)
    client = sign_in(stage.specialist)
    monkeypatch.setattr(
        jobs.compute_run.task, "apply_async",
        lambda args, kwargs, headers: jobs.compute_run.task.apply(args, kwargs, headers=headers),
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("payroll:run_compute", args=[run.pk]))
    assert "/progress/" in answer["Location"]
    with tenant(stage.agency):
        run.refresh_from_db()
        assert (run.state, run.computed_by) == (State.COMPUTED, stage.specialist)


def test_the_workers_page_shows_their_payslips(stage, sign_in):
    made(stage, approved)
    client = sign_in(stage.specialist)
    panel = page(client, "worker_payslips", stage.worker.pk)
    assert "2026年10月" in panel


def test_policies_show_source_validity_and_doubt(stage, sign_in):
    client = sign_in(stage.specialist)
    shown = page(client, "policies", city="苏州")
    assert "苏人社发〔2025〕33号" in shown
    assert "待确认" in shown
    assert "2026年7月1日 — 2027年6月30日" in shown
    assert "速算扣除数" in page(client, "policies")


def test_a_scheme_changes_from_a_month_on(stage, sign_in):
    client = sign_in(stage.payroll_officer)
    url = reverse("payroll:scheme", args=[stage.client.pk])
    values = {
        "since": "2026-10",
        "method": "0",
        "injury_rate": "0.4",
        "sick_pay_percent": "80",
        "night_shift_fen": "20",
    }
    assert client.post(url, values).status_code == 302
    assert client.post(url, values | {"since": "2026-12", "injury_rate": "0.5"}).status_code == 302
    with tenant(stage.agency):
        first, second = PayScheme.objects.order_by("valid_from")
        assert (first.injury_rate, str(first.valid_to), second.injury_rate) == (4000, "2026-12-01", 5000)
        assert Payslip.objects.count() == 0
