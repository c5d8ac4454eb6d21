"""What payroll and the roster announce closes tasks, without either knowing of a plan."""

from types import SimpleNamespace

import pytest

from agency.periods import Period
from payroll import signals
from servicedesk.models import Task
from workers.signals import roster_imported


def test_an_imported_roster(october, task):
    roster_imported.send(sender=None, client=october.client, period=Period(2026, 10))
    assert task("roster").state == Task.State.DONE


def run_of(company, pk, period, tag=""):
    return SimpleNamespace(pk=pk, client=company.client, period=period, tag=tag)


@pytest.mark.parametrize(
    ("signal", "step"),
    [
        (signals.run_computed, "payroll_compute"),
        (signals.run_approved, "payroll_approve"),
        (signals.payslips_published, "payslips"),
    ],
)
def test_a_payroll_run_of_september_is_octobers_evidence(october, task, signal, step):
    signal.send(sender=None, run=run_of(october, 12, "2026-09"))
    assert task(step).evidence["refs"] == ["run:12"]


def test_the_run_of_october_is_not(october, task):
    signals.run_computed.send(sender=None, run=run_of(october, 13, "2026-10"))
    assert task("payroll_compute").amount == 0


def test_a_bonus_beside_the_month_s_run_is_not(october, task):
    signals.run_computed.send(sender=None, run=run_of(october, 14, "2026-09", tag="bonus"))
    assert task("payroll_compute").amount == 0
