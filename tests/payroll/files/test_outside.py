"""A run is paid when its batches are; without one only with a reason, by a colleague, and for everybody to see."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from agency.models import BusinessEvent
from agency.tenancy.context import tenant
from payroll.files.batches import make_batch, still_to_pay
from payroll.files.outside import pay_outside
from payroll.models import PaidOutside
from payroll.refusals import Refused
from tests.payroll.files.stage import crew, layout

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
