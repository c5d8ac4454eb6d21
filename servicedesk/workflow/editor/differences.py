"""What a version of the procedure changes against the one before it, in words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from servicedesk.workflow.procedure_page import StepRow, rows_of
from servicedesk.workflow.template_models import WorkflowTemplate


@dataclass(frozen=True)
class Change:
    """One line: a step that came (`new`), went (`gone`) or reads otherwise, with `before` and `after`."""

    kind: str
    label: str
    what: str = ""
    before: str = ""
    after: str = ""


def before_of(template: WorkflowTemplate) -> WorkflowTemplate | None:
    """Return the published version that held before this one."""
    earlier = WorkflowTemplate.objects.published().exclude(pk=template.pk).order_by("-valid_from")
    return (earlier if template.is_draft else earlier.filter(valid_from__lt=template.valid_from)).first()


def changes_of(template: WorkflowTemplate, before: WorkflowTemplate) -> list[Change]:
    """Compare two versions step by step; steps are the same when their keys are."""
    old = {row.step.key: row for row in rows_of(before)}
    new = {row.step.key: row for row in rows_of(template)}
    changes = [Change("new", row.step.label, after=row.when) for key, row in new.items() if key not in old]
    changes += [Change("gone", row.step.label, before=row.when) for key, row in old.items() if key not in new]
    for key in (key for key in new if key in old):
        changes += _changes(old[key], new[key])
    return changes


def _changes(old: StepRow, new: StepRow) -> list[Change]:
    told = [(what, tell(old), tell(new)) for what, tell in _tellers()]
    return [Change("changed", new.step.label, what, was, now) for what, was, now in told if was != now]


def _tellers() -> list[tuple[str, Callable[[StepRow], str]]]:
    return [
        (_("Title"), lambda row: row.step.label),
        (_("When"), lambda row: row.when),
        (_("Kind"), lambda row: row.step.get_category_display()),
        (_("Critical"), lambda row: _("critical") if row.step.critical else "—"),
        (_("Closes when"), lambda row: f"{row.step.get_evidence_kind_display()} {row.target}".strip()),
        (_("After"), lambda row: "、".join(row.after) or "—"),
        (_("May be moved by"), lambda row: _("%(n)d workdays") % {"n": row.step.shift_limit}),
        (_("Hint"), lambda row: row.step.hint or "—"),
    ]
