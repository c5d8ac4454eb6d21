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


@pytest.mark.parametrize(
    ("signal", "step"),
    [
        (signals.run_computed, "payroll_compute"),
        (signals.run_approved, "payroll_approve"),
        (signals.payslips_published, "payslips"),
    ],
)
def test_a_payroll_run_of_september_is_octobers_evidence(october, task, signal, step):
    run = SimpleNamespace(pk=12, client=october.client, period="2026-09")
    signal.send(sender=None, run=run)
    assert task(step).evidence["refs"] == ["run:12"]


def test_the_run_of_october_is_not(october, task):
    signals.run_computed.send(sender=None, run=SimpleNamespace(pk=13, client=october.client, period="2026-10"))
    assert task("payroll_compute").amount == 0
