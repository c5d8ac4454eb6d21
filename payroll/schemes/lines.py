"""All lines a scheme pays by, in the order of the payslip: the standard ones explained, the own between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.money import yuan
from clients.models import ClientEnterprise
from payroll.calculation.items import Place
from payroll.calculation.working_lines import hundredths
from payroll.models import PayItem, PayrollRun, PayScheme, Payslip

RUNS = 3
PLACES = (Place.BASE, Place.ABSENCE, Place.ALLOWANCE, Place.DEDUCTION, Place.NOTE)
OVERTIME = gettext_lazy("Wage ÷ 21.75 ÷ 8 × hours × %(times)s")
ABSENT = gettext_lazy("Wage ÷ %(days)s × days absent, of a monthly wage only")


@dataclass(frozen=True)
class SchemeLine:
    """One line: `item` is the client's own; a standard one has a `name`, a rule, and whether recent wages had any."""

    place: str
    name: str
    rule: str = ""
    used: bool = True
    item: PayItem | None = None


def lines_of(client: ClientEnterprise, scheme: PayScheme) -> list[SchemeLine]:
    """Return the lines a client's workers are paid by, grouped by where they stand on the payslip."""
    standard = list(_standard(scheme, _recent(client)))
    own = list(scheme.items.all()) if scheme.pk else []
    lines = []
    for place in PLACES:
        lines += [line for line in standard if line.place == place]
        lines += [SchemeLine(place, item.name, item=item) for item in own if item.place == place]
    return lines


def _times(percent: int) -> str:
    return OVERTIME % {"times": hundredths(percent)}


def _standard(scheme: PayScheme, recent: dict[str, int] | None) -> Iterator[SchemeLine]:
    sick = _("%(percent)s%% of the daily wage, at least 80%% of the minimum wage") % {
        "percent": scheme.sick_pay_percent
    }
    night = _("%(amount)s each") % {"amount": yuan(scheme.night_shift_fen)}
    rows: tuple[tuple[str, str | Promise, str, str], ...] = (
        (Place.BASE, _("Base wage"), str(scheme.get_method_display()), "base_fen"),
        (Place.ABSENCE, _("Absence"), ABSENT % {"days": hundredths(scheme.paid_days_x100)}, "absence_fen"),
        (
            Place.ALLOWANCE,
            _("Weekday overtime"),
            _times(scheme.overtime_weekday_percent),
            "overtime_weekday_fen",
        ),
        (
            Place.ALLOWANCE,
            _("Rest day overtime"),
            _times(scheme.overtime_rest_day_percent),
            "overtime_rest_day_fen",
        ),
        (
            Place.ALLOWANCE,
            _("Holiday overtime"),
            _times(scheme.overtime_holiday_percent),
            "overtime_holiday_fen",
        ),
        (Place.ALLOWANCE, _("Night shift"), night, "night_shifts"),
        (Place.ALLOWANCE, _("Sick pay"), sick, "sick_fen"),
        (Place.ALLOWANCE, _("Other allowances"), _("Column 津贴 of the sheet"), "other_allowance_fen"),
        (Place.DEDUCTION, _("Other deductions"), _("Column 扣款 of the sheet, after tax"), "other_deduction_fen"),
    )
    for place, name, rule, key in rows:
        yield SchemeLine(place, str(name), rule, used=recent is None or bool(recent.get(key)))


def _recent(client: ClientEnterprise) -> dict[str, int] | None:
    """Sum up what the last runs paid of each standard line; None before the first run, when nothing is unused yet."""
    rows = PayrollRun.objects.filter(client=client, kind=PayrollRun.Kind.REGULAR, version__gt=0)
    recent = list(rows.order_by("-period").values_list("pk", "totals")[:RUNS])
    if not recent:
        return None
    sums: dict[str, Any] = {}
    for _pk, totals in recent:
        for name, value in totals.items():
            if isinstance(value, int):
                sums[name] = sums.get(name, 0) + value
    slips = Payslip.objects.filter(run__in=[pk for pk, _totals in recent])
    for key in ("sick_fen", "other_allowance_fen", "other_deduction_fen"):
        sums[key] = int(slips.filter(inputs__has_key=key).exists())
    return sums
