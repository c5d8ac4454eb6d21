"""The page of a run offers one next step, and everything else behind one button."""

import re

import pytest
from django.urls import resolve

from payroll.models import Payslip
from payroll.payslips.publishing import publish
from payroll.runs.actions import actions_of
from payroll.runs.approving import approve, mark_paid
from payroll.runs.computing import compute
from tests.payroll.pages import made, page
from tests.payroll.runs.stage import attend, bonus, computed, employ, look_through, opened, submitted

pytestmark = pytest.mark.django_db


def next_of(run, staff):
    """Return the name of the page or step that comes next without "run_", "" for none."""
    unseen = Payslip.objects.filter(run=run, attention__gt=0, looked_by=None).count()
    step = actions_of(run, staff, unseen).next
    return resolve(step.url.split("?")[0]).url_name.removeprefix("run_") if step else ""


def test_each_state_has_its_next_step(ours):
    run = opened(ours)
    assert next_of(run, ours.specialist) == "", "the empty page offers the sheet itself"
    run = computed(ours, deductions_fen=1500_00)
    assert next_of(run, ours.specialist) == "run"
    look_through(run, ours.specialist)
    run.refresh_from_db()
    assert next_of(run, ours.specialist) == "submit"
    run = submitted(ours)
    assert (next_of(run, ours.payroll_officer), next_of(run, ours.specialist)) == ("approve", "")
    run = approve(run, ours.payroll_officer)
    assert next_of(run, ours.specialist) == "publish"
    run = publish(run, ours.specialist)
    assert next_of(run, ours.payroll_officer) == "files"
    run = mark_paid(run, ours.payroll_officer)
    assert next_of(run, ours.payroll_officer) == "archive"


def test_who_cannot_be_computed_comes_before_everything_else(ours):
    run = opened(ours)
    attend(run, employ(ours, "李明", 71), allowances_fen=-9_000_00)
    compute(run, ours.specialist)
    assert next_of(run, ours.specialist) == "checks"
    run.changed_at = run.computed_at.replace(year=2030)
    assert next_of(run, ours.specialist) == "compute"


def test_a_bonus_asks_how_it_is_taxed_beside_the_next_step(ours):
    found = actions_of(bonus(ours), ours.specialist, 0)
    assert found.beside.url.endswith("/bonus/")


def test_the_page_has_one_loud_button_and_a_menu_that_needs_no_script(stage, sign_in):
    run = made(stage, submitted)
    head = page(sign_in(stage.payroll_officer), "run", run.pk).split('id="run-actions"')[1].split("</header>")[0]
    assert head.count('data-variant="primary"') == 1
    assert re.search(r'<details class="menu">\s*<summary', head)
    assert {"批准", "退回", "导出"} <= set(re.findall(r"</svg>([^<]+)<", head))
