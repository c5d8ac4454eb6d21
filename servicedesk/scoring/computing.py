"""Score a month: gather what was measured, compute, and keep a new version only when something has changed."""

import datetime as dt
from typing import Any

from django.db import transaction

from agency.audit import record
from agency.calendar import calendar_for, today
from agency.models import Agency, StaffMember
from agency.periods import Period
from clients.models import Assignment
from servicedesk.scoring.cards import as_inputs, card_for
from servicedesk.scoring.evaluating import ENGINE, Result, digest_of, evaluate
from servicedesk.scoring.measures import Subject, measure_called
from servicedesk.scoring.sheet_models import ScoreLine, ScoreSheet


def scored_staff(period: Period) -> list[StaffMember]:
    """Return who is scored in a month: those who served a client in it, by name."""
    served = Assignment.objects.valid_in(period).values("staff")
    return list(StaffMember.objects.filter(pk__in=served).order_by("name_pinyin", "pk"))


@transaction.atomic
def compute_sheet(staff: StaffMember, period: Period) -> ScoreSheet:
    """Score one person's month as of today and return the sheet that counts.

    Safe to repeat: the same inputs give the sheet that is there, changed ones a new version; two at once wait for each
    other. Raises `CardError` when no scorecard holds in the month.
    """
    StaffMember.objects.select_for_update(no_key=True).get(pk=staff.pk)
    card = card_for(period)
    inputs = gather(staff, period, as_inputs(card))
    digest = digest_of(inputs)
    before = ScoreSheet.objects.latest().of_period(period).filter(staff=staff).first()
    if before is not None and before.inputs_digest == digest:
        return before
    if before is not None:
        ScoreSheet.objects.filter(pk=before.pk).update(is_latest=False)
    result = evaluate(inputs)
    sheet = ScoreSheet.objects.create(
        staff=staff,
        period=str(period),
        version=before.version + 1 if before else 1,
        card=card,
        compliance_tenths=result.compliance_tenths,
        performance_tenths=result.performance_tenths,
        total_tenths=result.total_tenths,
        max_tenths=result.max_tenths,
        inputs=inputs,
        inputs_digest=digest,
    )
    ScoreLine.objects.bulk_create(_lines(sheet, inputs, result))
    record("scoring.sheet.computed", subject=sheet, version=sheet.version, total_tenths=sheet.total_tenths)
    return sheet


def gather(staff: StaffMember, period: Period, card: dict[str, Any]) -> dict[str, Any]:
    """Measure a month by a card's lines, as of its last day or today; return the inputs a sheet keeps."""
    now = today()
    measured = {}
    for line in card["lines"]:
        found = measure_called(line["measure"]).find(Subject(staff, period, now, line["params"]))
        measured[line["key"]] = None if found is None else found.as_json()
    return {"engine": ENGINE, "period": str(period), "pace": pace(period, now), "card": card, "measured": measured}


def pace(period: Period, day: dt.date, agency: Agency | None = None) -> list[int]:
    """Return how many of the month's workdays have come, `day` included, and how many there are.

    A month that is over is `[1, 1]`, so that its inputs no longer change by the day. On its first days off a running
    month counts one workday, since a target of nothing would be no target.
    """
    if day > period.last_day:
        return [1, 1]
    workdays = calendar_for(agency).workdays_in(period)
    return [max(1, sum(workday <= day for workday in workdays)), len(workdays)]


KEPT = ("key", "kind", "order", "title", "title_en", "measure", "rule", "target")


def _lines(sheet: ScoreSheet, inputs: dict[str, Any], result: Result) -> list[ScoreLine]:
    rows = []
    for line, found in zip(inputs["card"]["lines"], result.lines, strict=True):
        measured = inputs["measured"][line["key"]] or {}
        rows.append(
            ScoreLine(
                sheet=sheet,
                numerator=measured.get("numerator", 0),
                denominator=measured.get("denominator", 0),
                base_tenths=found.base_tenths,
                points_tenths=found.points_tenths,
                max_tenths=found.max_tenths,
                used=found.used,
                **{
                    name: line[name]
                    for name in ("key", "kind", "order", "title", "title_en", "measure", "rule", "target")
                },
            )
        )
    return rows
