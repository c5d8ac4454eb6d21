"""Each measure by example: what counts, what does not, and when it does not apply."""

import datetime as dt
from fractions import Fraction

import pytest

from agency.audit import record
from clients.models import ClientContact
from payroll.models import PayrollRun
from servicedesk.forms.installing import install_default_forms
from servicedesk.forms.models import FormSubmission
from servicedesk.models import Confirmation, Task
from servicedesk.review.checks import draw_check, install_default_policy, record_outcome
from servicedesk.scoring.measures import Subject, measure_called
from servicedesk.scoring.measures.spot_checks import truth
from servicedesk.workflow import closing
from tests.cast import hire
from tests.servicedesk.scoring.conftest import OCTOBER, finish, hand_in_plans, moment
from tests.servicedesk.talks import talk


@pytest.fixture
def find(october):
    """Return a function that measures our specialist's October, as of 1 November."""

    def measured(key, on=dt.date(2026, 11, 1), **params):
        return measure_called(key).find(Subject(october.specialist, OCTOBER, on, params))

    return measured


def test_a_task_counts_once_done_or_overdue(october, find):
    finish(october, ["roster"], moment(10, 12, hour=23))
    on_the_13th = find("tasks_on_time", on=dt.date(2026, 10, 13))
    assert on_the_13th.facts["in_time"] == 1
    assert on_the_13th.facts["late"] == len([e for e in on_the_13th.evidence if e.state == "late"])
    assert on_the_13th.facts["counted"] < find("tasks_on_time").facts["counted"]


def test_a_task_done_after_its_last_day_is_late_by_the_local_date(october, find):
    finish(october, ["roster"], moment(10, 13, hour=0))
    evidence = find("tasks_on_time", on=dt.date(2026, 10, 11)).evidence
    assert any("核对名册" in found.label for found in evidence)


def test_tasks_that_are_not_needed_or_ones_own_do_not_count(october, find):
    before = find("tasks_on_time").facts["counted"]
    closing.skip(Task.objects.get(staff=october.specialist, step__key="roster"), october.reviewer, "停工")
    own = closing.add_task(
        october.specialist, october.client, title="数钥匙", opens_on=dt.date(2026, 10, 9), due_on=dt.date(2026, 10, 9)
    )
    closing.close_by_hand(own, october.specialist)
    assert find("tasks_on_time").facts["counted"] == before - 1


def test_what_was_due_on_the_last_day_and_never_done_is_late_the_next_morning(october, find):
    on_the_last, the_day_after = (
        find("tasks_on_time", on=day) for day in (dt.date(2026, 10, 31), dt.date(2026, 11, 1))
    )
    Task.objects.filter(staff=october.specialist, step__key="roster").update(due_on=dt.date(2026, 10, 31))
    assert find("tasks_on_time", on=dt.date(2026, 10, 31)).facts["late"] == on_the_last.facts["late"] - 1
    assert find("tasks_on_time").facts["late"] == the_day_after.facts["late"]


def test_only_critical_steps_are_critical(find):
    assert find("critical_on_time").facts["counted"] < find("tasks_on_time").facts["counted"]


def test_a_plan_handed_in_by_the_third_workday_is_in_time_whatever_head_office_does(october, find):
    """The workdays of October 2026 begin on the 8th; the third is Saturday the 10th, a make-up workday."""
    hand_in_plans(october, moment(10, 10, hour=23))
    assert find("plan_in_time", workday=3).numerator == 1
    hand_in_plans(october, moment(10, 11, hour=0))
    assert find("plan_in_time", workday=3).numerator == 0


def test_a_plan_that_may_still_be_handed_in_does_not_count(find):
    assert find("plan_in_time", on=dt.date(2026, 10, 10), workday=3) is None
    assert find("plan_in_time", on=dt.date(2026, 10, 11), workday=3).denominator == 1


def test_a_report_counts_when_it_is_overdue_and_each_return_costs(october, find):
    (template,) = install_default_forms()
    assert find("report_in_time") is None
    tenth = dt.date(2026, 11, 10)
    assert find("report_in_time", on=tenth).events == {"late": 0, "missing": 1, "returned": 0}
    FormSubmission.objects.create(
        template=template,
        staff=october.specialist,
        period="2026-10",
        due_on=dt.date(2026, 11, 3),
        state="submitted",
        first_submitted_at=moment(11, 4),
        submitted_at=moment(11, 9),
        returns=2,
    )
    found = find("report_in_time", on=tenth)
    assert found.events == {"late": 1, "missing": 0, "returned": 2}
    assert {evidence.state for evidence in found.evidence} == {"late", "returned"}


def test_talks_written_later_than_the_day_after_are_named(october, find):
    assert find("talks_written_in_time") is None
    for number in range(3):
        talk(october, worker=october.worker, number=number)
    late = talk(october, worker=october.worker, number=4)
    late.is_late = True
    late.save()
    found = find("talks_written_in_time")
    assert (found.numerator, found.denominator) == (3, 4)
    assert [evidence.params for evidence in found.evidence] == [{"pk": late.pk}]


def test_a_talk_counts_as_confirmed_only_from_a_device_of_their_own(october, find):
    talk(october, worker=october.worker, answer="yes")
    shared = talk(october, worker=october.worker, answer="yes", number=1)
    shared.confirmations.update(same_device=True)
    found = find("confirmed_share")
    assert (found.numerator, found.denominator) == (1, 2)


def test_each_person_counts_once_and_those_who_left_do_not_count(october, find):
    second = hire("赵小满", 777, october.client, october.site, october.post)
    talk(october, worker=october.worker)
    talk(october, worker=october.worker, number=1)
    assert find("workers_talked").facts == {"met": 1, "there": 2}
    second.placements.update(valid_to=dt.date(2026, 10, 20))
    assert find("workers_talked").facts == {"met": 1, "there": 1}


def test_line_and_middle_managers_count_personnel_does_not(october, find):
    ClientContact.objects.create(client=october.client, name="钱人事", kind=ClientContact.Kind.HR)
    talk(october)
    assert find("contacts_met").facts == {"met": 1, "there": 1}


def test_the_share_of_talk_is_in_minutes(october, find):
    assert find("talk_share") is None
    talk(october, worker=october.worker, minutes=120)
    finish(october, ["roster"])
    assert find("talk_share").facts == {"talk": 120, "routine": 60}


def test_payroll_counts_its_own_steps(october, find):
    late = find("payroll_clean")
    assert late.events["late"] == late.facts["counted"] > 0
    finish(october, ["payroll_compute", "payroll_approve", "payslips"])
    assert find("payroll_clean").events["late"] < late.events["late"]


def checked(company, outcomes, confirmed=0, unconfirmed=0):
    """Draw from talks and record outcomes in the order of the draw."""
    install_default_policy()
    for number in range(confirmed):
        talk(company, worker=company.worker, answer="yes", number=number)
    for number in range(unconfirmed):
        talk(company, dt.date(2026, 10, 21), worker=company.worker, number=number)
    drawn = draw_check(OCTOBER, company.reviewer, seed="1")
    for item, outcome in zip(drawn.items.all(), outcomes, strict=False):
        record_outcome(item, outcome, "换了人", company.reviewer)
    return list(drawn.items.answered())


def test_spot_checks_are_drawn_towards_the_team(october, find):
    assert find("spot_truth") is None
    checked(october, ["true", "false"], unconfirmed=10)
    found = find("spot_truth")
    assert found.facts | {"checked": 2, "true": 1, "false": 1, "partly": 0} == found.facts
    assert found.numerator == 500  # half of hers are true, and she is the team
    assert found.trials == 12


def test_a_talk_drawn_more_often_weighs_less(october):
    """1 of 20 confirmed talks was drawn and true; 2 of 10 unconfirmed ones, of which one was not true.

    True weighs 20 + 5, not true 5: the share of truth is 25/30, not 2/3. Differing in part would count half.
    """
    items = checked(october, ["true", "true", "false"], confirmed=20, unconfirmed=10)
    assert truth(items) == Fraction(25, 30)
    items[-1].outcome = "partly"
    assert truth(items) == Fraction(55, 60)


def test_ratings_need_a_few(october, find):
    for number in range(3):
        assert find("satisfaction", least=3) is None
        log = talk(october, worker=october.worker, answer="yes", number=number)
        Confirmation.objects.filter(log=log).update(rating=3 - number % 2)
    found = find("satisfaction", least=3)
    assert found.facts | {"ratings": 3, "good": 2, "fair": 1, "bad": 0} == found.facts
    assert 0 < found.numerator < 1000


def test_no_worker_is_named_in_what_a_sheet_keeps(october, sheet):
    talk(october, worker=october.worker)
    assert october.worker.name not in str(sheet().inputs)


def test_each_time_a_payroll_comes_back_is_counted_for_who_handed_it_in(october, find):
    finish(october, ["payroll_compute", "payroll_approve", "payslips"])
    task = Task.objects.get(staff=october.specialist, step__key="payroll_approve")
    run = PayrollRun.objects.create(
        client=october.client, period=task.evidence_period, pay_date=dt.date(2026, 10, 15), preparer=october.specialist
    )
    before = find("payroll_clean")
    record("payroll.run.returned", subject=run, reason="差 2 人")
    record("payroll.run.returned", subject=run, reason="差 1 人")
    found = find("payroll_clean")
    assert (before.events["returned"], found.events["returned"]) == (0, 2)
    assert [evidence.state for evidence in found.evidence].count("returned") == 2
    PayrollRun.objects.update(preparer=october.colleague)
    assert find("payroll_clean").events["returned"] == 0
