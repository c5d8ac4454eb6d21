"""The payroll of one's clients: its steps in time, and not sent back by the second person."""

from django.utils.translation import gettext_lazy as _

from servicedesk.scoring.measured import Measured
from servicedesk.scoring.measures.registry import Subject, measure
from servicedesk.scoring.measures.tasks import routine_tasks, split_late, task_evidence
from servicedesk.workflow.template_models import EvidenceKind

STEPS = (EvidenceKind.PAYROLL_COMPUTED, EvidenceKind.PAYROLL_APPROVED, EvidenceKind.PAYROLL_PUBLISHED)


@measure(
    "payroll_clean",
    says=_("Of %(counted)d payroll steps %(late)d were late; %(returned)d payrolls were sent back."),
    absent=_("No payroll step was due yet."),
    raises=_("Payroll in time and right the first time"),
    events=("late", "returned"),
)
def payroll_clean(subject: Subject) -> Measured | None:
    in_time, late = split_late(subject, [task for task in routine_tasks(subject) if task.evidence_kind in STEPS])
    counted = len(in_time) + len(late)
    if not counted:
        return None
    events = {"late": len(late), "returned": 0}
    return Measured(
        events=events, facts={**events, "counted": counted}, evidence=[task_evidence(task) for task in late]
    )
