from django.core.files.uploadedfile import SimpleUploadedFile

from agency.periods import Period
from servicedesk.models import MonthPlan, PlanChange, Task
from servicedesk.workflow.attachments import keep_file
from servicedesk.workflow.calendar_feed import make_link, url_of
from servicedesk.workflow.editor.versions import begin_draft
from servicedesk.workflow.plans import generate_plans
from tests.isolation.row import Row

MONTH = {"month": "2026-10"}


def plan_of(company):
    """A plan of whoever visits, handed in by a specialist where they have none of their own."""
    generate_plans(Period(2026, 10))
    plan = MonthPlan.objects.filter(client=company.client).get()
    if company.visitor and company.visitor.can("workflow.task.work"):
        MonthPlan.objects.filter(pk=plan.pk).update(staff=company.visitor)
        Task.objects.filter(plan=plan).update(staff=company.visitor)
    return plan


def task(company, step="payroll_check"):
    return {"pk": Task.objects.get(plan=plan_of(company), step__key=step).pk}


def handed_in(company):
    plan = plan_of(company)
    MonthPlan.objects.filter(pk=plan.pk).update(state=MonthPlan.State.SUBMITTED)
    return {"pk": plan.pk}


def file(company):
    insurance = Task.objects.get(pk=task(company, "insurance")["pk"])
    return {"pk": keep_file(insurance, insurance.staff, SimpleUploadedFile("回执.pdf", b"%PDF-1.4")).pk}


def feed(company):
    return {"token": url_of(make_link(company.specialist)).rsplit("/", 1)[1].removesuffix(".ics")}


def reason(company):
    return {"reason": "客户本月停工"}


def version(company):
    return {"pk": begin_draft(company.administrator).pk}


def step(company):
    return {"pk": begin_draft(company.administrator).steps.first().pk}


def change(company):
    found = Task.objects.get(pk=task(company, "bill")["pk"])
    made, _new = PlanChange.objects.get_or_create(
        task=found, state="asked", defaults={"kind": "left_out", "by": company.colleague}
    )
    return {"pk": made.pk}


ROWS = {
    "servicedesk:today": Row(),
    "servicedesk:plan": Row(),
    "servicedesk:plan_submit": Row(method="post", data=lambda company: MONTH),
    "servicedesk:plan_generate": Row(method="post", data=lambda company: MONTH),
    "servicedesk:plan_reviews": Row(),
    "servicedesk:plan_approve": Row(handed_in, method="post"),
    "servicedesk:plan_return": Row(handed_in, method="post", data=reason),
    "servicedesk:calendar_link": Row(),
    "servicedesk:calendar_link_make": Row(method="post"),
    "servicedesk:calendar_link_drop": Row(method="post"),
    "servicedesk:calendar_feed": Row(feed, public=True),
    "servicedesk:procedure": Row(),
    "servicedesk:procedure_version": Row(version),
    "servicedesk:procedure_preview": Row(version),
    "servicedesk:procedure_draft": Row(),
    "servicedesk:procedure_draft_begin": Row(method="post"),
    "servicedesk:procedure_draft_discard": Row(method="post"),
    "servicedesk:procedure_publish": Row(method="post", data=lambda company: MONTH),
    "servicedesk:step_new": Row(),
    "servicedesk:step_window": Row(),
    "servicedesk:step_edit": Row(step),
    "servicedesk:step_move": Row(step, method="post"),
    "servicedesk:step_remove": Row(step, method="post"),
    "servicedesk:tasks": Row(),
    "servicedesk:task_new": Row(),
    "servicedesk:task": Row(task),
    "servicedesk:task_close": Row(task, method="post"),
    "servicedesk:task_reopen": Row(task, method="post"),
    "servicedesk:task_skip": Row(task, method="post", data=reason),
    "servicedesk:task_take_up": Row(task, method="post"),
    "servicedesk:task_move": Row(task),
    "servicedesk:task_leave_out": Row(task, method="post", data=reason),
    "servicedesk:change_decide": Row(change, method="post"),
    "servicedesk:task_file": Row(file),
}
