"""A month becomes plans: who gets what, and what another run leaves alone."""

import pytest

from agency.periods import Period
from clients.models import Assignment
from servicedesk.models import MonthPlan, StepAdaptation, Task, WorkflowStep, WorkflowTemplate
from servicedesk.workflow import evidence
from servicedesk.workflow.plans import generate_plans
from servicedesk.workflow.procedure import ProcedureError, check_steps, install_default_template
from tests.servicedesk.workflow.conftest import OCTOBER, day


def dates(client, staff=None):
    tasks = Task.objects.filter(client=client, period="2026-10", step__isnull=False)
    if staff:
        tasks = tasks.filter(staff=staff)
    return {(task.step.key, task.number): (task.opens_on, task.due_on) for task in tasks.select_related("step")}


def test_october_of_a_client_paid_on_the_15th(october):
    """National Day shifts the whole chain of wages into five workdays, one of them a make-up Saturday."""
    assert dates(october.client) == {
        ("roster", 1): (day(10, 5), day(10, 12)),
        ("insurance", 1): (day(10, 5), day(10, 15)),
        ("attendance", 1): (day(10, 8), day(10, 10)),
        ("payroll_compute", 1): (day(10, 9), day(10, 10)),
        ("payroll_check", 1): (day(10, 10), day(10, 12)),
        ("payroll_approve", 1): (day(10, 12), day(10, 13)),
        ("payroll_pay", 1): (day(10, 14), day(10, 15)),
        ("payslips", 1): (day(10, 15), day(10, 19)),
        ("talk_workers", 1): (day(10, 1), day(10, 30)),
        ("talk_managers", 1): (day(10, 1), day(10, 30)),
        ("dormitory", 1): (day(10, 5), day(10, 10)),
        ("dormitory", 2): (day(10, 12), day(10, 16)),
        ("dormitory", 3): (day(10, 19), day(10, 23)),
        ("dormitory", 4): (day(10, 26), day(10, 30)),
        ("tax", 1): (day(10, 21), day(10, 26)),
        ("bill", 1): (day(10, 22), day(10, 28)),
        ("work_report", 1): (day(10, 27), day(10, 29)),
        ("archive", 1): (day(10, 29), day(10, 30)),
    }


def test_attendance_is_never_due_after_the_payroll_that_needs_it(ours):
    """November 2026: the 15th is a Sunday, wages go out on the 13th, so attendance is due on the 9th, not the 10th."""
    generate_plans(Period(2026, 11))
    november = {task.step.key: task for task in Task.objects.filter(client=ours.client).select_related("step")}
    assert november["payroll_pay"].due_on == day(11, 13)
    assert november["attendance"].due_on == november["payroll_compute"].due_on == day(11, 9)


def test_wages_of_september_are_octobers_work(task):
    assert task("payroll_compute").evidence_period == "2026-09"
    assert task("roster").evidence_period == "2026-10"


def test_only_a_client_with_a_dormitory_is_visited_there(october):
    assert ("dormitory", 1) not in dates(october.other_client)
    assert ("roster", 1) in dates(october.other_client)


def test_the_target_of_talks_follows_the_number_of_workers(task):
    """60 per cent of one worker, rounded up."""
    assert task("talk_workers").evidence_target == 1
    assert task("talk_managers").evidence_target == 2


def test_one_plan_for_each_specialist_and_client(october):
    plans = MonthPlan.objects.of_period(OCTOBER)
    assert {(plan.staff, plan.client) for plan in plans} == {
        (october.specialist, october.client),
        (october.colleague, october.other_client),
    }


def test_running_again_changes_nothing(october):
    before = list(Task.objects.order_by("pk").values())
    assert len(generate_plans(OCTOBER)) == 2
    assert list(Task.objects.order_by("pk").values()) == before


def test_a_hand_over_before_the_plan_gives_each_their_part(ours):
    """Handed over on 15 October: wages paid on the 15th belong to the new colleague, talks to both."""
    Assignment.objects.filter(client=ours.client).update(valid_to=day(10, 15))
    Assignment.objects.create(client=ours.client, staff=ours.colleague, valid_from=day(10, 15))
    generate_plans(OCTOBER)
    old, new = dates(ours.client, ours.specialist), dates(ours.client, ours.colleague)
    assert set(old) == {
        ("roster", 1), ("attendance", 1), ("payroll_compute", 1), ("payroll_check", 1), ("payroll_approve", 1),
        ("talk_workers", 1), ("talk_managers", 1),
    }  # fmt: skip
    assert set(new) == {
        ("insurance", 1), ("payroll_pay", 1), ("payslips", 1), ("tax", 1), ("bill", 1), ("work_report", 1),
        ("archive", 1), ("talk_workers", 1), ("talk_managers", 1),
    }  # fmt: skip
    assert old["talk_workers", 1] == (day(10, 1), day(10, 14))
    assert new["talk_workers", 1] == (day(10, 15), day(10, 30))


def test_a_hand_over_after_the_plan_moves_what_is_open(october, task):
    evidence.offer("roster.imported", client=october.client, period=OCTOBER, ref="import:1")
    paying = task("payroll_pay")
    Assignment.objects.filter(client=october.client).update(valid_to=day(10, 12))
    Assignment.objects.create(client=october.client, staff=october.colleague, valid_from=day(10, 12))
    generate_plans(OCTOBER)
    paying.refresh_from_db()
    assert paying.staff == october.colleague
    assert paying.plan.staff == october.colleague
    assert task("roster").state == Task.State.DONE  # due on the 12th, but done: it stays with who did it
    assert not Task.objects.filter(client=october.client, step__key="roster", staff=october.colleague).exists()
    assert task("talk_workers").due_on == day(10, 10)
    assert task("talk_workers", staff=october.colleague).opens_on == day(10, 12)


def test_the_shares_of_a_divided_talk_target_reach_the_whole(october, task):
    Assignment.objects.filter(client=october.client).update(valid_to=day(10, 16))
    Assignment.objects.create(client=october.client, staff=october.colleague, valid_from=day(10, 16))
    generate_plans(OCTOBER)
    shares = [task("talk_managers").evidence_target, task("talk_managers", staff=october.colleague).evidence_target]
    assert shares == [1, 1]


def test_a_second_specialist_who_is_not_in_charge_only_talks(ours):
    Assignment.objects.create(client=ours.client, staff=ours.colleague, valid_from=day(1, 1), is_lead=False)
    generate_plans(OCTOBER)
    assert {key for key, _number in dates(ours.client, ours.colleague)} == {"talk_workers", "talk_managers"}


def test_a_client_may_differ_from_the_standard(ours):
    template = install_default_template()
    steps = {step.key: step for step in template.steps.all()}
    StepAdaptation.objects.create(
        client=ours.client, step=steps["roster"], window={"rule": "days", "first": 1, "last": 9}, reason="客户3日给表"
    )
    StepAdaptation.objects.create(client=ours.client, step=steps["bill"], left_out=True, reason="总部统一对账")
    generate_plans(OCTOBER)
    assert dates(ours.client)["roster", 1] == (day(10, 1), day(10, 9))
    assert ("bill", 1) not in dates(ours.client)
    assert ("bill", 1) in dates(ours.other_client)


def test_a_draft_follows_a_new_adaptation_and_an_approved_plan_does_not(october, task):
    rule = {"rule": "days", "first": 1, "last": 9}
    StepAdaptation.objects.create(client=october.client, step=task("roster").step, window=rule, reason="客户3日给表")
    MonthPlan.objects.update(state=MonthPlan.State.APPROVED)
    generate_plans(OCTOBER)
    assert task("roster").due_on == day(10, 12)
    MonthPlan.objects.update(state=MonthPlan.State.DRAFT)
    generate_plans(OCTOBER)
    assert task("roster").due_on == day(10, 9)


def test_nobody_gets_a_plan_for_a_client_that_has_left(ours):
    type(ours.client).objects.filter(pk=ours.client.pk).update(ended_on=day(9, 30))
    assert {plan.client for plan in generate_plans(OCTOBER)} == {ours.other_client}


def test_one_specialist_alone(ours):
    plans = generate_plans(OCTOBER, ours.specialist)
    assert [(plan.staff, plan.client) for plan in plans] == [(ours.specialist, ours.client)]
    assert not Task.objects.filter(client=ours.other_client).exists()


def test_installing_the_default_procedure_twice_is_once(ours):
    assert install_default_template() == install_default_template()
    assert WorkflowTemplate.objects.count() == 1
    assert all(step.source for step in WorkflowStep.objects.all())


def test_a_month_before_any_procedure_says_so(ours):
    with pytest.raises(ProcedureError):
        generate_plans(Period(2025, 12))


@pytest.mark.parametrize(
    ("steps", "complaint"),
    [
        ([{"key": "a", "window": {"rule": "weekly"}, "requires": ["b"]}], "a requires b"),
        ([{"key": "a", "window": {"rule": "weekly"}, "requires": ["a"]}], "a requires a"),
        ([{"key": "a", "window": {"rule": "moon"}}], "a: unknown rule"),
    ],
)
def test_a_wrong_procedure_is_refused(steps, complaint):
    with pytest.raises(ProcedureError, match=complaint):
        check_steps(steps)


def test_the_number_of_queries_grows_with_clients_only_a_little(ours, django_assert_max_num_queries):
    install_default_template()
    with django_assert_max_num_queries(40):
        generate_plans(OCTOBER)
