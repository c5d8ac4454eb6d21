"""A plan is fitted to the client, down to single days; after the approval changes are asked for and kept beside it."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agency.calendar.workdays import WorkdayCalendar
from servicedesk.models import MonthPlan, PlanChange, Task
from servicedesk.workflow import adapting, approving
from servicedesk.workflow.closing import TaskError
from servicedesk.workflow.plans import generate_plans
from tests.servicedesk.workflow.conftest import OCTOBER, day

MORNING = dt.datetime(2026, 10, 8, 1, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def approved(october):
    for plan in approving.submit(october.specialist, OCTOBER):
        approving.approve(plan, october.reviewer)
    return october


def test_a_draft_takes_a_single_day_and_keeps_it_when_planned_again(october, task):
    change = adapting.move(task("attendance"), october.specialist, day(10, 12), day(10, 12), "客户周一才盖章")
    assert (change.state, change.after_approval) == ("made", False)
    generate_plans(OCTOBER)
    assert (task("attendance").opens_on, task("attendance").due_on) == (day(10, 12), day(10, 12))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(1, 31))
def test_a_move_is_taken_exactly_for_workdays_within_the_limit(october, task, number):
    found, calendar = task("attendance"), WorkdayCalendar()
    before, moves = found.due_on, PlanChange.objects.count()
    first = found.changes.order_by("pk").first()
    standard = dt.date.fromisoformat(first.before[1]) if first else before
    wanted = day(10, number)
    fits = calendar.add_workdays(standard, -3) <= wanted <= calendar.add_workdays(standard, 3)
    try:
        adapting.move(found, october.specialist, wanted, wanted, "客户要求")
    except TaskError:
        assert not (fits and calendar.is_workday(wanted))
        assert (task("attendance").due_on, PlanChange.objects.count()) == (before, moves)
    else:
        assert fits
        assert calendar.is_workday(wanted)
        assert task("attendance").due_on == wanted


def test_a_step_that_may_not_move_stays_and_a_reason_is_asked(october, task):
    found = task("attendance")
    with pytest.raises(TaskError):
        adapting.move(found, october.specialist, day(10, 9), day(10, 9), " ")
    type(found.step).objects.filter(pk=found.step_id).update(shift_limit=0)
    with pytest.raises(TaskError):
        adapting.move(found, october.specialist, day(10, 9), day(10, 9), "客户要求")


def test_in_an_approved_plan_the_day_is_the_standard_until_head_office_agrees(approved, task):
    change = adapting.move(task("attendance"), approved.specialist, day(10, 12), day(10, 13), "客户停电")
    assert (change.state, task("attendance").due_on) == ("asked", day(10, 10))
    with pytest.raises(TaskError):
        adapting.move(task("attendance"), approved.specialist, day(10, 12), day(10, 12), "又改")
    adapting.decide(change, approved.reviewer, True)
    assert task("attendance").due_on == day(10, 13)
    kept = PlanChange.objects.get()
    assert (kept.by, kept.decided_by, kept.reason) == (approved.specialist, approved.reviewer, "客户停电")
    assert kept.before == ["2026-10-08", "2026-10-10"]
    assert kept.after_approval
    with pytest.raises(TaskError):
        adapting.decide(change, approved.reviewer, False)


def test_a_declined_change_is_kept_and_changes_nothing(approved, task):
    change = adapting.leave_out(task("bill"), approved.specialist, "总部统一对账")
    adapting.decide(change, approved.reviewer, False)
    assert task("bill").is_open
    assert PlanChange.objects.get().state == "declined"


def test_leaving_out_holds_in_a_draft_and_once_agreed_in_an_approved_plan(october, task):
    assert adapting.leave_out(task("bill"), october.specialist, "总部统一对账").state == "made"
    assert task("bill").state == Task.State.SKIPPED
    MonthPlan.objects.update(state="approved")
    asked = adapting.leave_out(task("archive"), october.specialist, "本月无表")
    adapting.decide(asked, october.reviewer, True)
    assert task("archive").state == Task.State.SKIPPED
    assert task("archive").changes.count() == 1


def test_while_the_plan_is_with_head_office_nothing_moves(october, task):
    approving.submit(october.specialist, OCTOBER)
    with pytest.raises(TaskError):
        adapting.move(task("attendance"), october.specialist, day(10, 9), day(10, 9), "客户要求")


def test_nobody_agrees_to_their_own_change(approved, task):
    change = adapting.leave_out(task("bill"), approved.specialist, "总部统一对账")
    with pytest.raises(TaskError):
        adapting.decide(change, approved.specialist, True)


def test_the_pages_ask_show_and_decide(approved, task, sign_in):
    entered = sign_in(approved.specialist)
    found = task("attendance")
    data = {"opens_on": "2026-10-12", "due_on": "2026-10-12", "reason": "客户停电"}
    assert "总部同意了才生效" in entered.get(reverse("servicedesk:task_move", args=[found.pk])).content.decode()
    assert entered.post(reverse("servicedesk:task_move", args=[found.pk]), data).status_code == 302
    text = entered.get(reverse("servicedesk:plan"), {"month": "2026-10"}).content.decode()
    assert "客户停电" in text
    assert "等总部同意" in text
    too_far = data | {"due_on": "2026-10-30"}
    assert entered.post(reverse("servicedesk:task_move", args=[task("bill").pk]), too_far).status_code in (302, 422)
    head = sign_in(approved.reviewer)
    assert "客户停电" in head.get(reverse("servicedesk:plan_reviews")).content.decode()
    change = PlanChange.objects.get(task=found)
    head.post(reverse("servicedesk:change_decide", args=[change.pk]), {"agree": "1"})
    assert task("attendance").due_on == day(10, 12)


def test_a_move_that_turns_the_order_of_steps_round_says_so(october, task, client):
    report, archive = task("work_report"), task("archive")
    assert report.label in adapting.out_of_order(archive, day(10, 26))
    assert archive.label in adapting.out_of_order(report, day(10, 31))
    assert adapting.out_of_order(report, report.due_on) == ""
    client.force_login(october.specialist)
    days = {"opens_on": "2026-10-12", "due_on": "2026-10-12", "reason": "客户周一才盖章"}
    page = client.post(reverse("servicedesk:task_move", args=[task("attendance").pk]), days, follow=True)
    assert "那一步也要调" in page.content.decode()
