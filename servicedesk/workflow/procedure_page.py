"""The standard procedure told in words, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from servicedesk.workflow.template_models import TargetBasis, WorkflowStep, WorkflowTemplate


@dataclass(frozen=True)
class StepRow:
    """One step as people read it: when, how much, and after which others."""

    step: WorkflowStep
    when: str
    target: str
    after: list[str]


def rows_of(template: WorkflowTemplate) -> list[StepRow]:
    """Return the steps of a procedure in order; expects steps and dependencies to be prefetched."""
    steps = list(template.steps.all())
    labels = {step.pk: step.label for step in steps}
    return [
        StepRow(
            step,
            when_of(step.window),
            target_of(step),
            [labels[row.requires_id] for row in step.dependencies.all()],
        )
        for step in steps
    ]


def when_of(rule: Mapping[str, Any]) -> str:
    """Write a window rule: 5—15日, 发薪日前 5 到 4 个工作日, 每周一次."""
    first, last = rule.get("first"), rule.get("last")
    match rule["rule"]:
        case "days" if (first, last) == (1, 31):
            return _("all month")
        case "days":
            return _("day %(first)d to %(last)d") % {"first": first, "last": last}
        case "city_days":
            words = _("day %(first)d to %(last)d, or the city's cut-off") % {"first": first, "last": last}
            cities = "、".join(f"{city} {day}" for city, day in rule.get("cities", {}).items())
            return f"{words}（{cities}）" if cities else words
        case "workdays":
            return _("%(first)s to %(last)s workday") % {"first": _nth(rule["first"]), "last": _nth(rule["last"])}
        case "pay_day":
            return _("%(first)s to %(last)s") % {
                "first": _off_pay_day(rule["first"]),
                "last": _off_pay_day(rule["last"]),
            }
        case "deadline":
            return _("%(lead)d workdays up to the tax deadline of the year's table") % {"lead": rule["lead"]}
    return _("once a week")


def target_of(step: WorkflowStep) -> str:
    """Write how much evidence a step needs; nothing where one piece is enough."""
    if step.target_basis == TargetBasis.WORKERS:
        return _("%(percent)d%% of the workers") % {"percent": step.evidence_target}
    if step.target_basis == TargetBasis.DORMITORIES:
        return _("where the client has a dormitory")
    return _("%(times)d times") % {"times": step.evidence_target} if step.evidence_target > 1 else ""


def _nth(number: int) -> str:
    if number == -1:
        return _("last")
    if number < 0:
        return _("%(n)d from the end") % {"n": -number}
    return _("no. %(n)d") % {"n": number}


def _off_pay_day(workdays: int) -> str:
    if workdays == 0:
        return _("pay day")
    if workdays < 0:
        return _("%(n)d workdays before pay day") % {"n": -workdays}
    return _("%(n)d workdays after pay day") % {"n": workdays}
