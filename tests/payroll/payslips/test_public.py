"""The worker's page: plain words, behind a signed link, after publication and never before."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agency.notifications.models import Notification
from agency.periods import Period
from agency.tenancy.context import tenant
from payroll.models import PayslipReceipt
from payroll.payslips.links import sign
from tests.payroll.runs.stage import approved, computed, link_of, published, slip_of, submitted

pytestmark = pytest.mark.django_db


def opened_by(client, token):
    return client.get(reverse("payroll:payslip_public", args=[token]))


@pytest.fixture
def stage(cast):
    return cast.ours


@pytest.mark.parametrize("make", [computed, submitted, approved])
def test_nothing_opens_before_publication(stage, client, make):
    with tenant(stage.agency):
        token = link_of(make(stage), stage.worker)
    answer = opened_by(client, token)
    assert answer.status_code == 404
    assert "王海波" not in answer.content.decode()


def test_plain_words_that_add_up(stage, client):
    with tenant(stage.agency):
        token = link_of(published(stage, overtime_weekday_x100=18_00, deductions_fen=62_40), stage.worker)
    shown = opened_by(client, token).content.decode()
    for words in ("到手", "挣的", "扣的", "养老、医疗、失业", "您的养老账户多了 400.00", "单位也给您存了 250.00"):
        assert words in shown
    assert "¥4,158.62" in shown
    assert "−¥842.40" in shown
    assert "¥3,316.22" in shown
    assert "应发" not in shown


def test_the_change_is_explained(stage, client):
    with tenant(stage.agency):
        published(stage, Period(2026, 9))
        token = link_of(published(stage, Period(2026, 10), overtime_holiday_x100=8_00), stage.worker)
    assert "比 9月多 ¥496.55，主要是节日加班 8 小时。" in opened_by(client, token).content.decode()


def test_a_forged_link_opens_nothing(stage, client):
    with tenant(stage.agency):
        run = published(stage)
        token = link_of(run, stage.worker)
    assert opened_by(client, token[:-1] + ("a" if token[-1] != "a" else "b")).status_code == 404
    assert opened_by(client, "nonsense").status_code == 404


def test_a_link_names_its_agency(cast, client):
    """A signature for one agency's payslip does not open the same number of another."""
    with tenant(cast.theirs.agency):
        slip = slip_of(published(cast.theirs), cast.theirs.worker)
        slip.agency_id = cast.ours.agency.pk
        token = sign(slip)
    assert opened_by(client, token).status_code == 404


def test_an_old_link_says_so(stage, client):
    with time_machine.travel(dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)) as clock, tenant(stage.agency):
        token = link_of(published(stage), stage.worker)
        clock.shift(dt.timedelta(days=181))
        answer = opened_by(client, token)
    assert answer.status_code == 404
    assert "链接过期了" in answer.content.decode()


def test_the_worker_signs_for_it_once(stage, client):
    with tenant(stage.agency):
        token = link_of(published(stage), stage.worker)
    url = reverse("payroll:payslip_confirm", args=[token])
    client.post(url)
    with tenant(stage.agency):
        first = PayslipReceipt.objects.get().confirmed_at
    client.post(url)
    with tenant(stage.agency):
        assert PayslipReceipt.objects.get().confirmed_at == first
    assert "看过了，谢谢" in opened_by(client, token).content.decode()


def test_a_dispute_reaches_the_preparer(stage, client):
    with tenant(stage.agency):
        token = link_of(published(stage), stage.worker)
    url = reverse("payroll:payslip_doubt", args=[token])
    assert client.post(url, {"doubt": " "}).status_code == 422
    client.post(url, {"doubt": "夜班我上了 13 个"})
    with tenant(stage.agency):
        assert (
            Notification.objects.get(staff=stage.specialist, kind="payroll.payslip.disputed").body == "夜班我上了 13 个"
        )
    assert "夜班我上了 13 个" in opened_by(client, token).content.decode()


def test_staff_cannot_sign_for_a_worker(stage, client, sign_in):
    with tenant(stage.agency):
        token = link_of(published(stage), stage.worker)
    sign_in(stage.specialist).get(reverse("payroll:runs"))
    client.post(reverse("payroll:payslip_confirm", args=[token]))
    with tenant(stage.agency):
        assert not PayslipReceipt.objects.exists()
