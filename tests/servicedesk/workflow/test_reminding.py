"""Reminders on workday mornings; running twice tells nobody twice."""

from agency.models import Notification
from servicedesk.workflow.reminding import remind
from tests.servicedesk.workflow.conftest import day


def test_on_a_day_of_rest_nobody_is_told(october):
    assert remind(day(10, 7)) == 0
    assert not Notification.objects.exists()


def test_a_specialist_is_told_once_a_morning_and_a_manager_of_what_is_critical_and_late(october):
    for _twice in range(2):
        remind(day(10, 13))
    told = {(n.staff.name, n.kind) for n in Notification.objects.select_related("staff")}
    assert (october.specialist.name, "workflow.tasks.due") in told
    assert Notification.objects.filter(staff=october.specialist).count() == 1
    late = Notification.objects.filter(staff=october.manager).values_list("title", flat=True)
    # Due on the 10th at both clients: attendance and computing; a workday later the managers know.
    assert len(late) == 4
    assert not Notification.objects.filter(staff=october.reviewer).exists()
