"""The agency writes its own procedure: a draft, refused circles, conflicts, and a month from which it holds."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from agency.calendar.workdays import WorkdayCalendar
from agency.periods import Period
from servicedesk.models import MonthPlan, StepAdaptation, Task, WorkflowTemplate
from servicedesk.workflow.editor import versions
from servicedesk.workflow.editor.circles import arranged, circle_of
from servicedesk.workflow.editor.differences import before_of, changes_of
from servicedesk.workflow.editor.preview import conflicts_of, preview
from servicedesk.workflow.editor.steps import move_step, remove_step, requires_of, save_step
from servicedesk.workflow.plans import generate_plans
from servicedesk.workflow.procedure import procedure_for
from servicedesk.workflow.template_models import WorkflowStep
from servicedesk.workflow.window_rules import Facts, windows_of

NOVEMBER, DECEMBER = Period(2026, 11), Period(2026, 12)
MORNING = dt.datetime(2026, 10, 21, 1, 0, tzinfo=dt.UTC)
GRAPHS = st.dictionaries(st.integers(0, 7), st.sets(st.integers(0, 7), max_size=3))


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def draft(october):
    return versions.begin_draft(october.administrator)


def step(draft, key):
    return draft.steps.get(key=key)


@given(GRAPHS)
def test_steps_can_be_put_in_order_exactly_when_there_is_no_circle(requires):
    nodes = sorted(requires.keys() | set().union(*requires.values(), set()))
    ring = circle_of(requires)
    order = arranged(nodes, requires)
    assert sorted(order) == nodes
    in_order = all(order.index(before) < order.index(one) for one, all_ in requires.items() for before in all_)
    assert in_order == (not ring)
    for one, following in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        assert following in requires[one]


def test_a_draft_copies_everything_and_plans_go_on_by_the_old_version(october, draft):
    old = procedure_for(NOVEMBER)
    assert not old.is_draft
    assert draft.version == old.version + 1
    assert [s.key for s in draft.steps.all()] == [s.key for s in old.steps.all()]
    assert len(requires_of(draft)) == len(requires_of(old))
    assert changes_of(draft, before_of(draft)) == []
    assert versions.begin_draft(october.administrator) == draft


def test_a_circle_is_refused_and_named(october, draft):
    first, last = step(draft, "attendance"), step(draft, "payslips")
    with pytest.raises(ValidationError) as refused:
        save_step(first, [last], october.administrator)
    told = refused.value.messages[0]
    for title in ("收考勤", "算工资", "自查工资", "工资复核通过", "发工资", "发工资单"):
        assert f"“{title}”" in told or f"「{title}」" in told


def test_a_step_comes_after_those_it_waits_for_and_cannot_be_moved_before_them(october, draft):
    roster, archive = step(draft, "roster"), step(draft, "archive")
    save_step(roster, [archive], october.administrator)
    keys = [s.key for s in draft.steps.all()]
    assert keys.index("archive") < keys.index("roster")
    with pytest.raises(ValidationError):
        move_step(step(draft, "roster"), -1, october.administrator)
    move_step(step(draft, "attendance"), -1, october.administrator)
    assert [s.key for s in draft.steps.all()][:2] == ["attendance", "insurance"]


def test_a_published_version_is_closed_to_changes(october):
    published = procedure_for(NOVEMBER)
    with pytest.raises(ValidationError, match="草稿"):
        save_step(published.steps.first(), [], october.administrator)


def test_publishing_ends_the_version_before_carries_adaptations_and_replans_untouched_months(october, draft):
    old = procedure_for(NOVEMBER)
    StepAdaptation.objects.create(client=october.client, step=step(old, "bill"), left_out=True, reason="总部统一对账")
    generate_plans(NOVEMBER)
    remove_step(step(draft, "archive"), october.administrator)
    added = WorkflowStep(template=draft, title="安全巡查", window={"rule": "weekly"}, evidence_kind="file")
    save_step(added, [], october.administrator)
    versions.publish(draft, NOVEMBER, october.administrator)
    assert procedure_for(Period(2026, 10)) == old
    assert procedure_for(NOVEMBER) == draft
    plan = next(plan for plan in generate_plans(NOVEMBER) if plan.client == october.client)
    keys = set(plan.tasks.values_list("step__key", flat=True))
    assert "own-1" in keys
    assert not keys & {"archive", "bill"}
    kinds = {(change.kind, change.label) for change in changes_of(draft, before_of(draft))}
    assert {("new", "安全巡查"), ("gone", "月度归档")} & kinds >= {("new", "安全巡查")}


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_a_month_whose_plan_is_handed_in_or_approved_keeps_its_version(october, draft, state):
    generate_plans(NOVEMBER)
    MonthPlan.objects.of_period(NOVEMBER).filter(client=october.client).update(state=state)
    with pytest.raises(ValidationError):
        versions.publish(draft, NOVEMBER, october.administrator)
    assert versions.first_free_month(dt.date(2026, 10, 21)) == DECEMBER
    versions.publish(draft, DECEMBER, october.administrator)
    assert MonthPlan.objects.of_period(NOVEMBER).exclude(template=draft).exists()


@pytest.mark.parametrize(
    "begun", [{"evidence": {"refs": ["run:1"]}}, {"moved": True}, {"state": "skipped"}, {"step": None}]
)
def test_a_draft_month_in_which_one_task_is_begun_is_never_dropped(october, draft, begun):
    generate_plans(NOVEMBER)
    first = Task.objects.filter(period="2026-11", client=october.client).first()
    Task.objects.filter(pk=first.pk).update(**begun)
    with pytest.raises(ValidationError):
        versions.publish(draft, NOVEMBER, october.administrator)
    assert Task.objects.filter(pk=first.pk).exists()


def test_the_preview_marks_holidays_and_the_made_up_saturday(october):
    template = procedure_for(OCTOBER := Period(2026, 10))
    (month,) = preview(list(template.steps.all()), requires_of(template), OCTOBER, Facts(WorkdayCalendar()), months=1)
    kinds = [day.look for day in month.days]
    assert kinds[:7] == ["off"] * 7
    assert kinds[9] == "swap"
    assert month.workdays == 18
    assert all(
        any(mark == "due" for _column, mark in row.marks) for row in month.rows if row.step.window["rule"] == "days"
    )


def test_conflicts_name_early_steps_and_windows_on_days_of_rest(october):
    template = procedure_for(period := Period(2026, 10))
    facts, steps = Facts(WorkdayCalendar()), {s.key: s for s in template.steps.all()}
    steps["roster"].window = {"rule": "days", "first": 1, "last": 4}
    steps["payslips"].window = {"rule": "days", "first": 8, "last": 9}
    told = conflicts_of(
        {s: windows_of(s.window, period, facts) for s in steps.values()}, requires_of(template), period, facts
    )
    assert any("核对名册" in line and "10月8日" in line for line in told)
    assert any("发工资单" in line and "发工资" in line and "10月9日" in line for line in told)


def test_the_page_of_a_step_keeps_every_kind_of_window(october, draft, sign_in):
    entered = sign_in(october.administrator)
    windows = {
        "days": {"window-first": 3, "window-last": 8},
        "workdays": {"window-first": 1, "window-last": -1},
        "pay_day": {"window-first": -3, "window-last": 0},
        "city_days": {"window-first": 5, "window-last": 15, "window-cities": "苏州 20、上海 15"},
        "deadline": {"window-lead": 2},
        "weekly": {},
    }
    for kind, fields in windows.items():
        data = {"title": f"步骤{kind}", "category": "routine", "kind": kind, "evidence_kind": "file", **fields}
        data |= {"evidence_target": 1, "target_basis": "fixed", "about_months": 0, "shift_limit": 3, "minutes": 30}
        answer = entered.post(reverse("servicedesk:step_new"), data)
        assert answer.status_code == 302, answer.content.decode()
        assert draft.steps.get(title=f"步骤{kind}").window["rule"] == kind
    assert draft.steps.get(title="步骤city_days").window["cities"] == {"苏州": 20, "上海": 15}


def test_a_window_the_wrong_way_round_is_sent_back(october, draft, sign_in):
    roster = step(draft, "roster")
    data = {"title": "核对名册", "category": "routine", "kind": "days", "window-first": 9, "window-last": 3}
    answer = sign_in(october.administrator).post(reverse("servicedesk:step_edit", args=[roster.pk]), data)
    assert answer.status_code == 422
    assert step(draft, "roster").window == roster.window


def test_the_pages_show_draft_differences_and_preview(october, draft, sign_in, django_assert_max_num_queries):
    entered = sign_in(october.reviewer)
    assert "第 2 版草稿" in entered.get(reverse("servicedesk:procedure_draft")).content.decode()
    with django_assert_max_num_queries(25):
        text = entered.get(reverse("servicedesk:procedure_preview", args=[draft.pk])).content.decode()
    assert "2026年11月" in text
    assert "2027年1月" in text
    answer = entered.post(reverse("servicedesk:procedure_publish"), {"first": "2026-11"})
    assert answer.status_code == 302
    assert not WorkflowTemplate.objects.filter(is_draft=True).exists()
