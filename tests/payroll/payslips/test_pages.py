"""One payslip beside the run: looked at, corrected, explained."""

import pytest
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.payslips.figures import whole
from tests.payroll.pages import HTMX, made, page
from tests.payroll.runs.stage import approved, computed, slip_of

pytestmark = pytest.mark.django_db


def test_looking_goes_on_to_the_next_and_tells_the_page(stage, sign_in):
    run = made(stage, computed, deductions_fen=2000_00)
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


def test_the_workers_page_shows_their_payslips(stage, sign_in):
    made(stage, approved)
    client = sign_in(stage.specialist)
    panel = page(client, "worker_payslips", stage.worker.pk)
    assert "2026年10月" in panel
