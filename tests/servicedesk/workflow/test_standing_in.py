"""While somebody is away the deputy sees, does and is reminded of their tasks; each task knows who did it for whom."""

import pytest
from django.urls import reverse

from agency.models import Notification
from agency.permissions import visible
from agency.staff.absences import record_absence
from servicedesk.models import Task
from servicedesk.workflow.reminding import remind
from servicedesk.workflow.today_page import today_of
from tests.servicedesk.workflow.conftest import day


@pytest.fixture
def away(october):
    return record_absence(october.specialist, october.colleague, day(10, 12), day(10, 14), october.specialist)


def test_the_tasks_stand_in_the_deputys_day_and_leave_with_the_absence(october, task, away):
    theirs = task("roster").pk

    def shown(on):
        return {line.task.pk for _client, lines in today_of(october.colleague, on).groups for line in lines}

    assert theirs in shown(day(10, 12))
    assert theirs not in shown(day(10, 15))
    # The progress of the month stays one's own.
    assert (
        today_of(october.colleague, day(10, 12)).progress.total
        == Task.objects.filter(staff=october.colleague, period="2026-10").count()
    )


def test_the_deputy_closes_a_task_for_whoever_is_away(october, task, away, client, time_machine):
    time_machine.move_to("2026-10-13 10:00+08:00")
    for key in ("attendance", "payroll_compute"):
        Task.objects.filter(pk=task(key).pk).update(evidence={"refs": [key]})
    client.force_login(october.colleague)
    found = task("payroll_check")
    assert client.post(reverse("servicedesk:task_close", args=[found.pk]), {"note": "看完了"}).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.staff, found.done_by) == ("done", october.specialist, october.colleague)
    page = client.get(reverse("servicedesk:task", args=[found.pk])).content.decode()
    assert f"{october.colleague.name}替{october.specialist.name}做的" in page
    today = client.get(reverse("servicedesk:today")).content.decode()
    assert f"你替{october.specialist.name}代班" in today
    month = client.get(reverse("servicedesk:plan"), {"staff": october.specialist.pk, "month": "2026-10"})
    assert month.context["month"].staff == october.specialist
    time_machine.move_to("2026-10-15 10:00+08:00")
    client.force_login(october.colleague)
    assert client.post(reverse("servicedesk:task_reopen", args=[found.pk])).status_code == 404
    month = client.get(reverse("servicedesk:plan"), {"staff": october.specialist.pk, "month": "2026-10"})
    assert month.context["month"].staff == october.colleague


def test_reminders_go_to_the_deputy_and_managers_read_their_name(october, away):
    remind(day(10, 13))
    assert not Notification.objects.filter(staff=october.specialist).exists()
    note = Notification.objects.get(staff=october.colleague)
    assert note.kind == "workflow.tasks.due"
    late = Notification.objects.filter(staff=october.manager, url__endswith=f"/{task_of(october)}/").get()
    assert october.colleague.name in late.title


def test_files_and_plans_of_whoever_is_away_are_visible_for_these_days(october, task, away):
    rows = Task.objects.filter(pk=task("tax").pk)
    assert [visible(october.colleague, rows, on=day(10, n)).exists() for n in (11, 13, 15)] == [False, True, False]


def task_of(company):
    return Task.objects.get(client=company.client, step__key="attendance", period="2026-10").pk
