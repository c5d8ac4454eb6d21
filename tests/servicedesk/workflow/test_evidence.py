"""Tasks close by facts, in whatever order these come, and open again when they are taken back."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicedesk.models import Task
from servicedesk.workflow import closing, evidence
from servicedesk.workflow.settling import blockers, settle
from tests.servicedesk.workflow.conftest import OCTOBER, day

NOW = dt.datetime(2026, 10, 12, 9, tzinfo=dt.UTC)


def offer(company, kind, period=OCTOBER, **kwargs):
    return {task.step.key for task in evidence.offer(kind, client=company.client, period=period, **kwargs)}


def test_a_fact_closes_its_task(october, task):
    assert offer(october, "roster.imported", ref="import:7") == {"roster"}
    assert task("roster").state == Task.State.DONE
    assert task("roster").evidence["refs"] == ["import:7"]


def test_a_fact_of_another_client_or_month_closes_nothing(october, task):
    assert offer(october, "roster.imported", "2026-09", ref="import:7") == set()
    evidence.offer("roster.imported", client=october.other_client, period=OCTOBER, ref="import:8")
    assert task("roster").is_open


def test_septembers_payroll_waits_for_its_attendance_and_closes_after_it(october, task, upload):
    assert offer(october, "payroll.computed", "2026-09", ref="run:1") == set()
    computing = task("payroll_compute")
    assert computing.is_open
    assert computing.has_enough
    month = list(Task.objects.filter(client=october.client))
    missing = blockers(computing, month, evidence.requirements_of(month))
    assert [blocker.step.key for blocker in missing] == ["attendance"]
    closing.close_by_hand(task("attendance"), october.specialist, upload=upload("考勤.pdf"))
    assert task("payroll_compute").state == Task.State.DONE


def test_a_fact_taken_back_opens_its_task_and_those_after_it(october, task, upload):
    closing.close_by_hand(task("attendance"), october.specialist, upload=upload("考勤.pdf"))
    offer(october, "payroll.computed", "2026-09", ref="run:1")
    closing.close_by_hand(task("payroll_check"), october.specialist, "看过了")
    opened = evidence.withdraw("payroll.computed", client=october.client, period="2026-09", ref="run:1")
    assert {t.step.key for t in opened} == {"payroll_compute", "payroll_check"}
    assert task("payroll_check").has_enough  # it closes again by itself
    offer(october, "payroll.computed", "2026-09", ref="run:1")
    assert task("payroll_check").state == Task.State.DONE


def test_the_same_talk_offered_twice_counts_once(october, task):
    for _twice in range(2):
        assert offer(october, "communication.contacts", staff=october.specialist, ref="log:1") == set()
    assert task("talk_managers").amount == 1
    assert offer(october, "communication.contacts", staff=october.specialist, ref="log:2") == {"talk_managers"}


def test_an_amount_replaces_the_last_one(october, task):
    Task.objects.filter(pk=task("talk_workers").pk).update(evidence_target=20)
    offer(october, "communication.workers", ref="log:1", count=12)
    assert (task("talk_workers").amount, task("talk_workers").is_open) == (12, True)
    assert offer(october, "communication.workers", ref="log:2", count=20) == {"talk_workers"}
    evidence.withdraw("communication.workers", client=october.client, period=OCTOBER, ref="log:2", count=19)
    assert task("talk_workers").is_open


def test_a_visit_closes_its_own_week(october, task):
    offer(october, "communication.dormitory", ref="log:1", on=day(10, 13))
    offer(october, "communication.dormitory", ref="log:2", on=day(10, 14))
    assert [task("dormitory", n).state for n in (1, 2, 3)] == ["open", "done", "open"]
    offer(october, "communication.dormitory", ref="log:3", on=day(10, 18))  # a Sunday: the week of the 5th still waits
    assert task("dormitory", 1).state == Task.State.DONE


def test_evidence_of_one_specialist_leaves_the_other_alone(october, task):
    evidence.offer(
        "communication.contacts", client=october.client, period=OCTOBER, staff=october.colleague, ref="log:1"
    )
    assert task("talk_managers").amount == 0


def test_a_task_set_aside_holds_nobody_up(october, task):
    closing.skip(task("attendance"), october.reviewer, "客户本月停工")
    assert offer(october, "payroll.computed", "2026-09", ref="run:1") == {"payroll_compute"}
    assert task("attendance").evidence["skipped"] == "客户本月停工"


def test_offering_takes_few_queries(october, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        evidence.offer("roster.imported", client=october.client, period=OCTOBER, ref="import:7")


# The rule itself, on tasks without a database: 0 → 1 → 2 → 3 and 1 → 3.
REQUIRES = {1: {0}, 2: {1}, 3: {1, 2}}
facts = st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=30)


def chain() -> list[Task]:
    return [Task(step_id=n, staff_id=1, evidence_target=1, evidence={}) for n in range(4)]


@settings(max_examples=200, deadline=None)
@given(facts)
def test_the_state_follows_from_evidence_whatever_the_order(steps):
    by_and_by, at_once = chain(), chain()
    for number, holds in steps:
        by_and_by[number].evidence = {"refs": ["x"] if holds else []}
        settle(by_and_by, REQUIRES, NOW)
        at_once[number].evidence = {"refs": ["x"] if holds else []}
    settle(at_once, REQUIRES, NOW)
    assert [t.state for t in by_and_by] == [t.state for t in at_once]
    for t in by_and_by:
        closed = t.has_enough and not blockers(t, by_and_by, REQUIRES)
        assert (t.state == Task.State.DONE) == closed == (t.done_at is not None)


def test_the_rule_could_fail():
    """The proof: without predecessors in the rule, the same facts close a task too early."""
    tasks = chain()
    tasks[1].evidence = {"refs": ["x"]}
    assert settle(tasks, REQUIRES, NOW) == []
    assert settle(tasks, {}, NOW) == [tasks[1]]


@pytest.fixture
def upload():
    from tests.servicedesk.workflow.test_closing import pdf

    return pdf
