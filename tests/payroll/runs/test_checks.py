"""The checks before a run is handed in: what blocks, what is to be looked at; one bad row stops nobody else."""

import datetime as dt

import pytest
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.models import CheckLimit, Payslip
from payroll.payslips.checks import Check, Level
from payroll.refusals import Refused
from payroll.runs.approving import check_off, look_at
from payroll.runs.computing import compute
from payroll.runs.limits import USUAL_PERCENT, change_percent, set_limit
from tests.payroll.pages import made, page, reads
from tests.payroll.runs.stage import OCTOBER, approved, attend, computed, employ, opened, slip_of
from workers.models import BankAccount, LabourContract

pytestmark = pytest.mark.django_db


def test_what_blocks_cannot_be_looked_away(ours):
    run = computed(ours, deductions_fen=90_000_00)
    slip = slip_of(run, ours.worker)
    assert (bool(slip.checks & Check.NET_BELOW_ZERO), slip.attention) == (True, Level.BLOCK)
    with pytest.raises(Refused):
        look_at(slip, ours.specialist)
    with pytest.raises(Refused, match="1"):
        check_off(run, ours.specialist)


def test_an_account_shared_by_two_blocks_both(ours):
    other = employ(ours, "丁秀英", 305)
    number = BankAccount.objects.get(worker=ours.worker).number
    account = BankAccount.objects.get(worker=other)
    account.number = number
    account.save()
    run = opened(ours)
    attend(run, ours.worker)
    attend(run, other)
    run = compute(run, ours.specialist)
    assert [slip_of(run, who).checks & Check.SHARED_ACCOUNT > 0 for who in (ours.worker, other)] == [True, True]


def test_a_worker_without_contract_this_month_is_to_be_looked_at(ours):
    assert not slip_of(computed(ours), ours.worker).checks & Check.NO_CONTRACT
    LabourContract.objects.filter(worker=ours.worker).update(valid_to=dt.date(2026, 10, 1))
    slip = slip_of(computed(ours), ours.worker)
    assert (bool(slip.checks & Check.NO_CONTRACT), slip.attention) == (True, Level.BAD)


def test_one_bad_worker_leaves_the_others_computed_and_is_named(stage, sign_in):
    with tenant(stage.agency):
        employ(stage, "丁秀英", 305)
        run = computed(stage)
        assert (run.headcount, run.errors) == (2, 1)
        assert slip_of(run, stage.worker).net_fen > 0
        assert run.totals["checks"]["NO_ATTENDANCE"] == 1
    client = sign_in(stage.specialist)
    shown = page(client, "run_checks", run.pk)
    assert "丁秀英" in shown
    assert "check=NO_ATTENDANCE" in shown
    assert "没有考勤" in shown
    rows = page(client, "run", run.pk, check="NO_ATTENDANCE")
    assert "丁秀英" in rows
    assert "王海波" not in rows
    assert reads(client, "run_checks", run.pk) <= 12


def test_the_limit_is_the_clients_and_holds_from_a_month(ours):
    assert change_percent(ours.client.pk, OCTOBER) == USUAL_PERCENT
    set_limit(ours.client, OCTOBER.previous(), 50, ours.payroll_officer)
    set_limit(ours.client, OCTOBER, 5, ours.payroll_officer)
    limits = [change_percent(ours.client.pk, OCTOBER - months) for months in (0, 1, 2)]
    assert limits == [5, 50, USUAL_PERCENT]
    assert CheckLimit.objects.count() == 2


def test_a_change_is_measured_against_the_mean_of_three_months(ours):
    for months, absent in ((3, 0), (2, 0), (1, 10_00)):
        approved(ours, OCTOBER - months, days_absent_x100=absent)
    mean = sum(Payslip.objects.values_list("net_fen", flat=True)) // 3
    run = computed(ours)
    net = slip_of(run, ours.worker).net_fen
    assert net > mean
    percent = (net - mean) * 100 // mean
    for limit, changed in ((percent + 1, False), (percent, True)):
        set_limit(ours.client, OCTOBER, limit, ours.payroll_officer)
        assert (slip_of(compute(run, ours.specialist), ours.worker).checks & Check.CHANGED > 0) is changed


def test_the_limit_is_set_on_its_page(stage, sign_in):
    client = sign_in(stage.payroll_officer)
    url = reverse("payroll:limit", args=[stage.client.pk])
    assert client.post(url, {"since": "2026-10", "percent": "0"}).status_code == 422
    assert client.post(url, {"since": "2026-10", "percent": "35"}).status_code == 302
    run = made(stage, computed)
    assert "35%" in page(client, "run_checks", run.pk)
