"""Policies and pay schemes by their pages."""

import pytest
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.models import PayScheme, Payslip
from tests.payroll.pages import page

pytestmark = pytest.mark.django_db


def test_policies_show_source_validity_and_doubt(stage, sign_in):
    client = sign_in(stage.specialist)
    shown = page(client, "policies", city="苏州")
    assert "苏人社发〔2025〕33号" in shown
    assert "待确认" in shown
    assert "2026年7月1日 — 2027年6月30日" in shown
    assert "速算扣除数" in page(client, "policies")


def test_a_scheme_changes_from_a_month_on(stage, sign_in):
    client = sign_in(stage.payroll_officer)
    url = reverse("payroll:scheme_terms", args=[stage.client.pk])
    values = {
        "since": "2026-10",
        "method": "0",
        "injury_rate": "0.4",
        "sick_pay_percent": "80",
        "night_shift_fen": "20",
        "paid_days_x100": "21.75",
        "overtime_weekday_percent": "150",
        "overtime_rest_day_percent": "200",
        "overtime_holiday_percent": "300",
        "unpaid_bearer": "1",
    }
    assert client.post(url, values).status_code == 302
    assert client.post(url, values | {"since": "2026-12", "injury_rate": "0.5"}).status_code == 302
    with tenant(stage.agency):
        first, second = PayScheme.objects.order_by("valid_from")
        assert (first.injury_rate, str(first.valid_to), second.injury_rate) == (4000, "2026-12-01", 5000)
        assert Payslip.objects.count() == 0
