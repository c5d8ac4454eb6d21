"""The agency's standard procedure: the default one as data, installed once per agency, and the one that holds."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from agency.audit import record
from agency.periods import Period
from servicedesk.workflow.template_models import StepDependency, WorkflowStep, WorkflowTemplate
from servicedesk.workflow.window_rules import WindowError, check

DEFAULT = Path(__file__).parent / "data" / "default_template.json"


class ProcedureError(ValueError):
    """A procedure that cannot be installed, or none that holds; says what to mend."""


def install_default_template() -> WorkflowTemplate:
    """Give the active agency the default procedure, once; return it.

    Raises `ProcedureError` when the data is wrong: unknown window, unknown predecessor, steps that wait for each other.
    """
    return install(json.loads(DEFAULT.read_text(encoding="utf-8")))


def install(data: Mapping[str, Any]) -> WorkflowTemplate:
    """Install a procedure from data unless this version exists; see `data/default_template.json` for its shape."""
    existing = WorkflowTemplate.objects.filter(name=data["name"], version=data["version"]).first()
    if existing:
        return existing
    check_steps(data["steps"])
    template = WorkflowTemplate.objects.create(
        name=data["name"],
        version=data["version"],
        valid_from=dt.date.fromisoformat(data["valid_from"]),
        source=data["source"],
        provisional=data["provisional"],
    )
    steps = {
        step.key: step
        for step in WorkflowStep.objects.bulk_create(
            _step(template, place, item) for place, item in enumerate(data["steps"], start=1)
        )
    }
    StepDependency.objects.bulk_create(
        StepDependency(step=steps[item["key"]], requires=steps[key])
        for item in data["steps"]
        for key in item.get("requires", [])
    )
    record("workflow.template.installed", subject=template, steps=len(steps))
    return template


def check_steps(steps: Sequence[Mapping[str, Any]]) -> None:
    """Raise `ProcedureError` unless windows are readable and each step requires earlier steps only.

    A step may require only steps listed before it, so steps can never wait for each other in a circle.
    """
    earlier: set[str] = set()
    for step in steps:
        if unknown := set(step.get("requires", [])) - earlier:
            raise ProcedureError(f"{step['key']} requires {', '.join(sorted(unknown))}, not listed before it")
        try:
            check(step["window"])
        except WindowError as wrong:
            raise ProcedureError(f"{step['key']}: {wrong}") from None
        earlier.add(step["key"])


def procedure_for(period: Period) -> WorkflowTemplate:
    """Return the procedure valid on the month's first day, with its steps in order.

    An agency that has written none works by the default one. Raises `ProcedureError` for a month before any.
    """
    published = WorkflowTemplate.objects.published()
    if not published.exists():
        install_default_template()
    steps = WorkflowStep.objects.prefetch_related("dependencies")
    template = published.valid_on(period.first_day).prefetch_related(Prefetch("steps", queryset=steps)).first()
    if template is None:
        raise ProcedureError(
            _("No standard procedure holds in %(period)s. Add one that is valid on its first day.") % {"period": period}
        )
    return template


def requirements(steps: Sequence[WorkflowStep]) -> dict[int, set[int]]:
    """Return by step id the ids of the steps it waits for."""
    return {step.pk: {row.requires_id for row in step.dependencies.all()} for step in steps}


def _step(template: WorkflowTemplate, place: int, item: Mapping[str, Any]) -> WorkflowStep:
    return WorkflowStep(
        template=template,
        key=item["key"],
        order=place * 10,
        title=item["title"],
        title_en=item["title_en"],
        category=item.get("category", "routine"),
        window=item["window"],
        critical=item.get("critical", False),
        about_months=item.get("about_months", 0),
        evidence_kind=item["evidence"],
        evidence_target=item.get("target", 1),
        minutes=item.get("minutes", 0),
        target_basis=item.get("target_basis", "fixed"),
        hint=item.get("hint", ""),
        hint_en=item.get("hint_en", ""),
        source=item["source"],
        provisional=item.get("provisional", False),
    )
