"""The pages of the month, asked as the people who use them."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from servicedesk.models import MonthPlan, StepAdaptation, Task
from servicedesk.workflow import approving, evidence
from servicedesk.workflow.plans import generate_plans
from servicedesk.workflow.today_page import hours_to_two_thirds
from tests.servicedesk.workflow.conftest import OCTOBER, day
from tests.servicedesk.workflow.test_closing import pdf

MORNING = dt.datetime(2026, 10, 21, 1, 0, tzinfo=dt.UTC)  # Wednesday, 09:00 in Shanghai


@pytest.fixture(autouse=True)
def wednesday(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def specialist(october, sign_in):
    return sign_in(october.specialist)


@pytest.fixture
def reviewer(october, sign_in):
    return sign_in(october.reviewer)


def page(client, name, *args, **query):
    answer = client.get(reverse(f"servicedesk:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_day_names_the_workday_what_is_late_and_what_it_waits_for(specialist):
    text = page(specialist, "today")
    assert "10月21日 周三" in text
    assert "第 11 个工作日，本月还剩 7 个" in text
    assert "晚 11 天" in text  # attendance was due on the 10th
    assert "等收考勤" in text


def test_on_a_holiday_the_day_says_so(specialist):
    with time_machine.travel(dt.datetime(2026, 10, 2, 1, tzinfo=dt.UTC), tick=False):
        assert "国庆节放假，本月还剩 18 个工作日" in page(specialist, "today")


def test_a_specialist_without_a_plan_can_make_it(ours, sign_in):
    entered = sign_in(ours.specialist)
    assert "这个月还没有计划" in page(entered, "today")
    entered.post(reverse("servicedesk:plan_generate"))
    assert Task.objects.filter(staff=ours.specialist, period="2026-10").exists()
    assert not MonthPlan.objects.filter(staff=ours.colleague).exists()


def test_the_day_takes_few_queries(specialist, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        page(specialist, "today")


def test_the_month_shows_days_off_and_the_made_up_saturday(specialist):
    text = page(specialist, "plan", month="2026-10")
    assert text.count(">休</span>") == 7
    assert text.count(">班</span>") == 1
    assert "18 个工作日，今天第 11 个。" in text
    assert "澄光 社保增减员" in text


def test_the_month_takes_few_queries(specialist, django_assert_max_num_queries):
    with django_assert_max_num_queries(31):
        page(specialist, "plan", month="2026-10")


def test_a_month_that_cannot_be_read_is_this_month(specialist):
    assert "2026年10月" in page(specialist, "plan", month="moon", off="x")


def test_a_client_can_be_switched_off(specialist, october):
    assert "澄光 社保增减员" not in page(specialist, "plan", off=str(october.client.pk))


def test_a_month_of_2027_is_marked(specialist):
    assert "2027 年的放假安排还没公布" in page(specialist, "plan", month="2027-01")


def test_head_office_looks_at_anybodys_month(reviewer, october):
    text = page(reviewer, "plan", staff=october.colleague.pk)
    assert "云杉 社保增减员" in text
    assert "澄光 社保增减员" not in text


def test_the_panel_beside_the_month_is_a_part(specialist, task):
    answer = specialist.get(reverse("servicedesk:task", args=[task("bill").pk]), headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "和客户对账" in answer.content.decode()


def test_a_tick_closes_and_brings_line_and_progress(specialist, october, task):
    Task.objects.filter(pk=task("payroll_compute").pk).update(state="skipped")
    ticked = specialist.post(
        reverse("servicedesk:task_close", args=[task("payroll_check").pk]), headers={"HX-Request": "true"}
    )
    assert 'data-state="done"' in ticked.content.decode()
    assert 'id="progress"' in ticked.content.decode()
    assert reverse("servicedesk:task_reopen", args=[task("payroll_check").pk]) in ticked.headers["HX-Trigger"]
    specialist.post(reverse("servicedesk:task_reopen", args=[task("payroll_check").pk]))
    assert task("payroll_check").is_open


def test_a_receipt_is_put_in_and_can_be_fetched_by_those_who_may(specialist, october, task, client):
    url = reverse("servicedesk:task_close", args=[task("insurance").pk])
    assert specialist.post(url, {"note": ""}).status_code == 422
    assert specialist.post(url, {"note": "报了 2 增", "upload": pdf()}).status_code == 302
    file = task("insurance").files.get()
    sent = specialist.get(reverse("servicedesk:task_file", args=[file.pk]))
    assert b"".join(sent.streaming_content) == b"%PDF-1.4 test"
    assert sent.headers["Content-Disposition"].startswith("attachment")
    client.force_login(october.colleague, backend="agency.staff.backends.PhoneOrEmailBackend")
    assert client.get(reverse("servicedesk:task_file", args=[file.pk])).status_code == 404


def test_a_file_of_a_wrong_kind_says_which_are_taken(specialist, task):
    url = reverse("servicedesk:task_close", args=[task("insurance").pk])
    answer = specialist.post(url, {"upload": pdf("回执.exe")})
    assert answer.status_code == 422
    assert "「回执.exe」收不了" in answer.content.decode()


def test_a_colleagues_task_is_not_there(october, sign_in, task):
    entered = sign_in(october.colleague)
    assert entered.get(reverse("servicedesk:task", args=[task("bill").pk])).status_code == 404
    assert entered.post(reverse("servicedesk:task_close", args=[task("bill").pk])).status_code == 404


def test_a_task_of_ones_own_is_added(specialist, october):
    data = {"client": october.client.pk, "title": "国庆值班", "opens_on": "2026-10-22", "due_on": "2026-10-23"}
    answer = specialist.post(reverse("servicedesk:task_new"), {**data, "category": "talk"})
    added = Task.objects.get(title="国庆值班")
    assert answer.url == f"/plan/?month=2026-10&task={added.pk}"
    assert "国庆值班" in page(specialist, "plan")
    assert specialist.post(reverse("servicedesk:task_new"), {**data, "category": "x"}).status_code == 422


def test_all_tasks_by_state(specialist, october, task):
    evidence.offer("roster.imported", client=october.client, period=OCTOBER, ref="import:1")
    assert "核对名册" not in page(specialist, "tasks")
    assert "核对名册" in page(specialist, "tasks", state="closed")
    assert "和客户对账" not in page(specialist, "tasks", state="late")


def test_plans_are_handed_in_seen_and_decided(specialist, october, client):
    specialist.post(reverse("servicedesk:plan_submit"), {"month": "2026-10"})
    assert "等总部批" in page(specialist, "plan")
    step = Task.objects.get(step__key="bill", client=october.client).step
    StepAdaptation.objects.create(client=october.client, step=step, left_out=True, reason="总部统一对账")
    client.force_login(october.reviewer, backend="agency.staff.backends.PhoneOrEmailBackend")
    assert "总部统一对账" in page(client, "plan_reviews")
    plan = MonthPlan.objects.get(staff=october.specialist)
    client.post(reverse("servicedesk:plan_return", args=[plan.pk]), {"reason": "宿舍走访排进晚班"})
    client.force_login(october.specialist, backend="agency.staff.backends.PhoneOrEmailBackend")
    assert "宿舍走访排进晚班" in page(client, "plan")
    approving.submit(october.specialist, OCTOBER)
    client.force_login(october.reviewer, backend="agency.staff.backends.PhoneOrEmailBackend")
    client.post(reverse("servicedesk:plan_approve", args=[plan.pk]))
    plan.refresh_from_db()
    assert plan.state == MonthPlan.State.APPROVED


def test_a_reviewer_sets_a_task_aside_and_takes_it_up(reviewer, task):
    reviewer.post(reverse("servicedesk:task_skip", args=[task("bill").pk]), {"reason": "总部统一对账"})
    assert task("bill").state == Task.State.SKIPPED
    reviewer.post(reverse("servicedesk:task_take_up", args=[task("bill").pk]))
    assert task("bill").is_open


def test_planning_for_everybody_is_for_head_office(specialist, october):
    answer = specialist.post(reverse("servicedesk:plan_generate"), {"month": "2026-12", "everybody": "1"})
    assert answer.status_code == 403


def test_a_month_without_procedure_says_so_and_makes_nothing(specialist):
    answer = specialist.post(reverse("servicedesk:plan_generate"), {"month": "2025-12"}, follow=True)
    assert "没有可用的标准流程" in answer.content.decode()


def test_the_procedure_names_sources_and_what_is_provisional(reviewer):
    text = page(reviewer, "procedure")
    assert "15 步" in text
    assert "工资支付暂行规定第7条" in text
    assert text.count("待确认") >= 5
    assert "发薪前 5 个工作日到发薪前 4 个工作日" in text


def test_a_hand_over_shows_each_their_own(october, sign_in, task):
    """The new colleague's day says that it waits for a task that stayed with the old one."""
    from clients.models import Assignment

    Assignment.objects.filter(client=october.client).update(valid_to=day(10, 14))
    Assignment.objects.create(client=october.client, staff=october.colleague, valid_from=day(10, 14))
    generate_plans(OCTOBER)
    assert "等工资复核通过" in page(sign_in(october.colleague), "today")


def test_the_day_names_who_was_not_talked_with_and_what_is_missing_to_two_thirds(specialist, october):
    evidence.offer("roster.imported", client=october.client, period=OCTOBER, ref="import:1")
    text = page(specialist, "today")
    assert october.worker.name in text
    assert "再聊 2 小时到三分之二" in text  # an hour of routine asks for two of talks


@pytest.mark.parametrize(("talks", "routine", "hours"), [(0, 60, 2), (120, 60, 0), (119, 60, 1), (0, 0, 0)])
def test_two_thirds_of_the_time_are_talks(talks, routine, hours):
    assert hours_to_two_thirds(talks, routine) == hours
