"""The pages of a run: what they show, who may see them, and how many queries they need."""

import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agency.tenancy.context import tenant
from tests.payroll.pages import made, page, reads
from tests.payroll.runs.stage import attend, compute, computed, employ, opened, published, slip_of

pytestmark = pytest.mark.django_db


def test_filters_sort_and_search(stage, sign_in):
    with tenant(stage.agency):
        run = opened(stage)
        attend(run, stage.worker)
        attend(run, employ(stage, "丁秀英", 305), deductions_fen=2000_00)
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
    assert reads(client, "run", run.pk) <= 13
    assert reads(client, "payslip", slip.pk) <= 12
    assert reads(client, "runs") <= 10
