"""The payroll of one's clients: its steps in time, and not sent back by the second person."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from agency.models import BusinessEvent
from payroll.models import PayrollRun
from servicedesk.models import Task
from servicedesk.scoring.measured import Evidence, Measured
from servicedesk.scoring.measures.registry import Subject, measure
from servicedesk.scoring.measures.tasks import routine_tasks, split_late, task_evidence
from servicedesk.workflow.template_models import EvidenceKind

STEPS = (EvidenceKind.PAYROLL_COMPUTED, EvidenceKind.PAYROLL_APPROVED, EvidenceKind.PAYROLL_PUBLISHED)
RETURNED = "payroll.run.returned"


@measure(
    "payroll_clean",
    says=_("Of %(counted)d payroll steps %(late)d were late; %(returned)d payrolls were sent back."),
    absent=_("No payroll step was due yet."),
    raises=_("Payroll in time and right the first time"),
    events=("late", "returned"),
)
def payroll_clean(subject: Subject) -> Measured | None:
    tasks = [task for task in routine_tasks(subject) if task.evidence_kind in STEPS]
    in_time, late = split_late(subject, tasks)
    returned = _returned(subject, tasks)
    counted = len(in_time) + len(late)
    if not counted and not returned:
        return None
    events = {"late": len(late), "returned": len(returned)}
    evidence = [task_evidence(task) for task in late] + returned
    return Measured(events=events, facts={**events, "counted": counted}, evidence=evidence)


def _returned(subject: Subject, tasks: Iterable[Task]) -> list[Evidence]:
    """Name each time a run that this specialist had handed in came back, in the months the tasks are about."""
    runs = PayrollRun.objects.filter(
        preparer=subject.staff,
        period__in={task.evidence_period for task in tasks},
        client__in={task.client_id for task in tasks},
    ).select_related("client")
    by_pk = {run.pk: run for run in runs}
    label = PayrollRun._meta.label_lower
    times = BusinessEvent.objects.filter(name=RETURNED, subject_type=label, subject_id__in=by_pk).order_by("pk")
    return [
        Evidence("payroll:run", {"pk": pk}, label=f"{by_pk[pk].client.short_name} {by_pk[pk].period}", state="returned")
        for pk in times.values_list("subject_id", flat=True)
    ]
