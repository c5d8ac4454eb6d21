"""The steps of a draft: put in, change, move, take out, and say what each waits for."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from servicedesk.workflow.editor.circles import arranged, circle_of
from servicedesk.workflow.template_models import StepDependency, WorkflowStep, WorkflowTemplate

GAP = 10


def save_step(step: WorkflowStep, after: Collection[WorkflowStep], by: StaffMember) -> WorkflowStep:
    """Keep a draft's step and what it waits for; it comes after those.

    Raises `ValidationError` when steps would wait for each other, naming them, or when the version is no draft.
    """
    template = _locked_draft(step.template)
    is_new = step.pk is None
    if is_new:
        step.key, step.order = _free_key(template), template.steps.count() * GAP + GAP
    step.save()
    StepDependency.objects.filter(step=step).exclude(requires__in=after).delete()
    known = set(step.dependencies.values_list("requires", flat=True))
    StepDependency.objects.bulk_create(StepDependency(step=step, requires=one) for one in after if one.pk not in known)
    _refuse_circle(template)
    _arrange(template, list(template.steps.values_list("pk", flat=True)))
    record("workflow.step.added" if is_new else "workflow.step.changed", subject=step, actor=by)
    return step


def remove_step(step: WorkflowStep, by: StaffMember) -> None:
    """Take a step out of a draft; those that waited for it wait for it no more."""
    _locked_draft(step.template)
    record("workflow.step.removed", subject=step, actor=by, key=step.key)
    step.delete()


def move_step(step: WorkflowStep, places: int, by: StaffMember) -> None:
    """Move a step up (-1) or down (1) in its draft.

    Raises `ValidationError` when it would come before a step it waits for, or after one that waits for it.
    """
    template = _locked_draft(step.template)
    order = list(template.steps.values_list("pk", flat=True))
    at = order.index(step.pk)
    to = min(max(at + places, 0), len(order) - 1)
    other = WorkflowStep.objects.get(pk=order[to])
    order.insert(to, order.pop(at))
    if arranged(order, requires_of(template)) != order:
        raise ValidationError(
            _("“%(step)s” and “%(other)s” wait for each other's turn and keep their order.")
            % {"step": step.label, "other": other.label}
        )
    _arrange(template, order)
    record("workflow.step.moved", subject=step, actor=by, places=places)


def requires_of(template: WorkflowTemplate) -> Mapping[int, set[int]]:
    """Return by step id the ids of the steps it waits for, in one query."""
    requires: dict[int, set[int]] = {}
    rows: Any = StepDependency.objects.filter(step__template=template).values_list("step", "requires")
    for step, required in rows:
        requires.setdefault(step, set()).add(required)
    return requires


def _locked_draft(template: WorkflowTemplate) -> WorkflowTemplate:
    found = WorkflowTemplate.objects.select_for_update().get(pk=template.pk)
    if not found.is_draft:
        raise ValidationError(_("This version is published and stays as it is. Begin a draft to change it."))
    return found


def _free_key(template: WorkflowTemplate) -> str:
    """Name a new step so that no version has ever used the name: adaptations and differences follow it."""
    used = set(WorkflowStep.objects.filter(key__startswith="own-").values_list("key", flat=True))
    return next(key for key in (f"own-{n}" for n in range(1, len(used) + 2)) if key not in used)


def _refuse_circle(template: WorkflowTemplate) -> None:
    ring = circle_of(requires_of(template))
    if ring:
        labels = {step.pk: step.label for step in template.steps.all()}
        names = " → ".join(f"“{labels[pk]}”" for pk in [*ring, ring[0]])
        raise ValidationError(
            _("These steps would wait for each other: %(names)s. Take one of them out.") % {"names": names}
        )


def _arrange(template: WorkflowTemplate, order: list[int]) -> None:
    steps = {step.pk: step for step in template.steps.all()}
    for place, pk in enumerate(arranged(order, requires_of(template)), start=1):
        steps[pk].order = place * GAP
    WorkflowStep.objects.bulk_update(steps.values(), ["order"])
