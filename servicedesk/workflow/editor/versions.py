"""Versions of the standard procedure: begin a draft from the current one, put it away, or let it hold from a month."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from agency.audit import record
from agency.calendar import today
from agency.models import StaffMember
from agency.periods import Period
from agency.shell.formats import month
from servicedesk.workflow.plan_models import MonthPlan, Task
from servicedesk.workflow.procedure import procedure_for
from servicedesk.workflow.template_models import StepAdaptation, StepDependency, WorkflowStep, WorkflowTemplate


def draft() -> WorkflowTemplate | None:
    """Return the version that is being written, if any."""
    return WorkflowTemplate.objects.filter(is_draft=True).first()


def begin_draft(by: StaffMember) -> WorkflowTemplate:
    """Return the draft; where there is none, copy the latest version with steps and dependencies."""
    if known := draft():
        return known
    base = WorkflowTemplate.objects.published().order_by("-valid_from").first() or procedure_for(Period.of(today()))
    number = WorkflowTemplate.objects.filter(name=base.name).aggregate(Max("version"))["version__max"] + 1
    made = WorkflowTemplate.objects.create(
        name=base.name, version=number, valid_from=Period.of(today()).end, source=base.source, is_draft=True
    )
    _copy_steps(base, made)
    record("workflow.template.drafted", subject=made, actor=by, copied_from=base.version)
    return made


def discard_draft(by: StaffMember) -> None:
    """Put the draft away with all its steps. Safe to repeat."""
    if known := draft():
        record("workflow.template.discarded", subject=known, actor=by)
        known.delete()


def publish(template: WorkflowTemplate, first: Period, by: StaffMember) -> WorkflowTemplate:
    """Let the draft hold from a month on; clients keep their adaptations of the steps that stay.

    Plans of these months that are still untouched drafts are dropped: planning makes them anew. Raises
    `ValidationError` without steps, for a month in which a plan is handed in or approved or work has begun, and for
    one in which a later version holds already.
    """
    template = WorkflowTemplate.objects.select_for_update().get(pk=template.pk, is_draft=True)
    if not template.steps.exists():
        raise ValidationError(_("A procedure needs at least one step. Add one first."))
    published = WorkflowTemplate.objects.published().select_for_update()
    if later := published.filter(valid_from__gte=first.first_day).first():
        raise ValidationError(
            _("Version %(version)d begins in %(month)s. Choose a later month.")
            % {"version": later.version, "month": month(later.valid_from)}
        )
    _drop_untouched_plans(first)
    for before in published.valid_on(first.first_day):
        before.valid_to = first.first_day
        before.save(update_fields=["valid_to"])
        _carry_adaptations(before, template)
    template.is_draft, template.valid_from, template.valid_to = False, first.first_day, None
    template.save(update_fields=["is_draft", "valid_from", "valid_to"])
    record("workflow.template.published", subject=template, actor=by, first_month=str(first))
    return template


def first_free_month(on: dt.date) -> Period:
    """Return the first coming month in which no plan is handed in, approved or begun."""
    settled = _settled_months(Period.of(on).next())
    return max(settled).next() if settled else Period.of(on).next()


def first_month_of(template: WorkflowTemplate, on: dt.date) -> Period:
    """Return the month from which a version is looked at: the next one, or its first where that is later."""
    return max(Period.of(on).next(), Period.of(template.valid_from))


def _copy_steps(base: WorkflowTemplate, made: WorkflowTemplate) -> None:
    copies: dict[int, WorkflowStep] = {}
    for step in base.steps.all():
        old = step.pk
        step.pk, step.template, step._state.adding = None, made, True
        step.save()
        copies[old] = step
    rows = StepDependency.objects.filter(step__in=copies)
    StepDependency.objects.bulk_create(
        StepDependency(step=copies[row.step_id], requires=copies[row.requires_id]) for row in rows
    )


def _settled_months(first: Period) -> set[Period]:
    """Return the months from the first on with a plan that left its specialist, or a single task that was touched."""
    plans = MonthPlan.objects.filter(period__gte=str(first)).exclude(state=MonthPlan.State.DRAFT)
    tasks = Task.objects.filter(period__gte=str(first))
    touched = tasks.filter(~Q(evidence={}) | ~Q(state=Task.State.OPEN) | Q(moved=True) | Q(step=None))
    rows = [*plans.values_list("period", flat=True), *touched.values_list("period", flat=True).distinct()]
    return {Period.parse(period) for period in rows}


def _drop_untouched_plans(first: Period) -> None:
    if settled := _settled_months(first):
        raise ValidationError(
            _("Plans of %(month)s are handed in, approved or begun by the version before. Choose a later month.")
            % {"month": month(max(settled))}
        )
    MonthPlan.objects.filter(period__gte=str(first)).delete()


def _carry_adaptations(before: WorkflowTemplate, after: WorkflowTemplate) -> None:
    steps = {step.key: step for step in after.steps.all()}
    rows = StepAdaptation.objects.filter(step__template=before).select_related("step")
    StepAdaptation.objects.bulk_create(
        StepAdaptation(
            client_id=row.client_id,
            step=steps[row.step.key],
            window=row.window,
            left_out=row.left_out,
            reason=row.reason,
        )
        for row in rows
        if row.step.key in steps
    )
