"""What is measured comes in one order, whatever the table's: a sheet computed again must not differ by it."""

from agency.periods import Period
from servicedesk.models import Task
from servicedesk.scoring.measures.registry import Subject
from servicedesk.scoring.measures.tasks import routine_tasks
from servicedesk.workflow.plans import generate_plans

OCTOBER = Period(2026, 10)


def test_tasks_of_one_day_keep_their_order_when_their_rows_move(ours):
    generate_plans(OCTOBER)
    Task.objects.of_period(OCTOBER).update(due_on=OCTOBER.last_day)
    subject = Subject(ours.specialist, OCTOBER, OCTOBER.last_day, {})
    before = [task.pk for task in routine_tasks(subject)]
    Task.objects.filter(pk=before[0]).update(critical=False)
    assert [task.pk for task in routine_tasks(subject)] == before == sorted(before)
    assert len(before) > 5
