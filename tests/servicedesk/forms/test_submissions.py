"""The work report: filled by the system, handed in, returned with remarks, accepted, evidence for the month."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agency.periods import Period
from agency.tenancy.context import tenant
from servicedesk.forms import schema
from servicedesk.forms.installing import install_default_forms
from servicedesk.forms.submissions import FormRefused, accept, open_form, refresh_facts, return_, save_draft, submit
from servicedesk.models import FormSubmission, Task
from servicedesk.workflow.plans import generate_plans
from servicedesk.workflow.procedure import install_default_template
from tests.servicedesk.talks import talk

OCTOBER = Period(2026, 10)
TYPED = {
    "clients": "1", "headcount": "1", "joined": "0", "left": "0", "left_reasons": "无", "talks": "2",
    "workers_talked": "1", "contacts_met": "1", "talk_minutes": "40", "tasks_late": "0", "complaints": "0",
    "injuries": "0", "problems": "夜班补贴的口径要和客户对一遍", "next_month": "先看 3号宿舍",
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_the_last_day():
    with time_machine.travel(dt.datetime(2026, 10, 31, 2, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def report(ours):
    talk(ours, worker=ours.worker, number=1)
    talk(ours, number=2)
    return open_form(install_default_forms()[0], ours.specialist, OCTOBER)


def test_the_report_knows_the_month(report):
    assert report.answers["talks"] == 2
    assert report.answers["workers_talked"] == report.answers["contacts_met"] == 1
    assert report.answers["talk_minutes"] == 40
    assert (report.answers["clients"], report.answers["headcount"]) == (1, 1)


def test_it_is_due_on_the_second_workday_of_the_next_month(report):
    """1 November 2026 is a Sunday: Monday the 2nd is the first workday, Tuesday the 3rd the second."""
    assert report.due_on == dt.date(2026, 11, 3)


def test_facts_follow_the_month_but_what_was_typed_stays(ours, report):
    save_draft(report, {**TYPED, "workers_talked": "7"})
    talk(ours, worker=ours.worker, number=3)
    refresh_facts(report, keep_typed=True)
    assert (report.answers["talks"], report.answers["workers_talked"]) == (3, 7)
    assert report.prefilled["workers_talked"] == 1


def test_handing_in_names_every_field_that_is_missing(ours, report):
    with pytest.raises(FormRefused) as refusal:
        submit(report, {**TYPED, "problems": "", "complaints": "两次"}, ours.specialist)
    assert set(refusal.value.errors) == {"problems", "complaints"}
    report.refresh_from_db()
    assert report.state == "draft"


def test_a_draft_keeps_even_what_is_wrong(report):
    errors = save_draft(report, {**TYPED, "complaints": "两次"})
    report.refresh_from_db()
    assert report.answers["complaints"] == "两次"
    assert set(errors) == {"complaints"}


def test_returned_with_remarks_then_handed_in_again_and_accepted(ours, report):
    submit(report, TYPED, ours.specialist)
    with pytest.raises(FormRefused):
        return_(report, {"problems": " "}, ours.reviewer)
    return_(report, {"problems": "写具体：哪个车间"}, ours.reviewer)
    assert (report.state, report.returns, report.remarks) == ("returned", 1, {"problems": "写具体：哪个车间"})
    first = report.first_submitted_at
    submit(report, TYPED, ours.specialist)
    assert report.first_submitted_at == first
    accept(report, ours.reviewer)
    assert report.state == "accepted"


@pytest.mark.parametrize("step", ["submit", "accept", "return"])
def test_an_accepted_report_is_closed(ours, report, step):
    submit(report, TYPED, ours.specialist)
    accept(report, ours.reviewer)
    with pytest.raises(FormRefused):
        {
            "submit": lambda: submit(report, TYPED, ours.specialist),
            "accept": lambda: accept(report, ours.reviewer),
            "return": lambda: return_(report, {"": "再看看"}, ours.reviewer),
        }[step]()


def test_nobody_reviews_their_own_form_nor_hands_in_anothers(ours, report):
    with pytest.raises(FormRefused):
        submit(report, TYPED, ours.colleague)
    submit(report, TYPED, ours.specialist)
    with pytest.raises(FormRefused):
        accept(report, ours.specialist)


def test_two_reviewers_at_once_the_second_is_told(ours, report):
    submit(report, TYPED, ours.specialist)
    same = FormSubmission.objects.get(pk=report.pk)
    accept(report, ours.reviewer)
    with pytest.raises(FormRefused):
        return_(same, {"": "写具体"}, ours.manager)


def test_an_accepted_report_is_evidence_for_the_month(ours, report):
    install_default_template()
    generate_plans(OCTOBER)
    task = Task.objects.get(staff=ours.specialist, client=ours.client, evidence_kind="form.accepted:work_report")
    submit(report, TYPED, ours.specialist)
    accept(report, ours.reviewer)
    task.refresh_from_db()
    assert f"submission:{report.pk}" in task.evidence["refs"]


def test_filled_and_handed_in_on_the_page(cast, sign_in, django_assert_max_num_queries):
    with tenant(cast.ours.agency):
        template = install_default_forms()[0]
    client = sign_in(cast.ours.specialist)
    answer = client.post(reverse("servicedesk:form_open"), {"template": template.pk, "period": "2026-10"})
    page = answer["Location"]
    with django_assert_max_num_queries(30):
        assert client.get(page).status_code == 200
    assert client.post(page, {**TYPED, "problems": "", "submit": "1"}).status_code == 422
    assert client.post(page, {**TYPED, "submit": "1"}).status_code == 302
    client = sign_in(cast.ours.reviewer)
    assert client.get(reverse("servicedesk:forms") + "?period=2026-10").context["waiting"] == 1
    assert client.post(page + "review/", {"accept": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"key": "a", "label": "", "label_en": "", "kind": "date"}, "unknown kind"),
        ({"key": "a", "label": "", "label_en": "", "kind": "text", "colour": "red"}, "colour"),
    ],
)
def test_a_malformed_template_names_its_field(row, says):
    with pytest.raises(schema.SchemaError, match=says):
        schema.fields_of([row])
