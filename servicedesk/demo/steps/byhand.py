"""What specialists close by their own hand: receipts filed, checks done, bills agreed."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from agency.calendar import today
from agency.tenancy.context import tenant
from servicedesk.models import Task
from servicedesk.workflow.closing import close_by_hand
from servicedesk.workflow.template_models import EvidenceKind

from .base import Month, Tally

# The second specialist is the demo's slow one: these steps are left open or come late.
LEFT_OPEN = {"bill", "archive"}
DAYS_LATE = {"attendance": 2, "insurance": 1}
RECEIPT = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def close(month: Month) -> Tally:
    """Close the month's tasks that need a file or a word, each on its last day."""
    made = 0
    slow = month.specialists[1] if len(month.specialists) > 1 else None
    with tenant(month.agency):
        yesterday = today() - dt.timedelta(days=1)
        tasks = list(
            Task.objects.of_period(month.period)
            .filter(evidence_kind__in=[EvidenceKind.FILE, EvidenceKind.NONE, EvidenceKind.INSURANCE_DECLARED])
            .select_related("step", "staff")
            .order_by("due_on", "step__order", "pk")
        )
    known = sum(not task.is_open for task in tasks)
    for task in tasks:
        if task.is_open and task.due_on <= yesterday and not (task.staff == slow and task.step.key in LEFT_OPEN):
            late = DAYS_LATE.get(task.step.key, 0) if task.staff == slow else 0
            with month.on(task.due_on + dt.timedelta(days=late), task.staff, hour=15):
                upload = SimpleUploadedFile("回执.pdf", RECEIPT, "application/pdf") if task.needs_file else None
                close_by_hand(task, task.staff, "已办好", upload)
            made += 1
    return Tally(made, known)
