"""What a scheme would pay a sample worker, while it is being written."""

from dataclasses import dataclass

import numpy as np

from agency.money import yuan
from agency.periods import Period
from clients.models import ClientEnterprise
from payroll.calculation.columns import RowError, names_of
from payroll.calculation.formulas import told
from payroll.calculation.item_pay import Names, pay_by_items
from payroll.calculation.items import SIGN, Item, ItemError, Place, Source
from payroll.calculation.scheme_rules import SchemeRules
from payroll.models import Payslip
from payroll.payslips.figures import ITEM, Figures, blank_figures, calculation_inputs, from_json_row
from payroll.payslips.ledger import ERRORS

SAMPLE = {
    "wage_fen": 360_000, "attended_x100": 2200, "scheduled_x100": 2200, "overtime_weekday_x100": 1000,
    "night_shifts": 4, "service_months": 14, "whole_month": 1,
}  # fmt: skip
SAMPLE_GIVEN = {Source.AMOUNT: 100_00, Source.QUANTITY: 10_00, Source.PER_WORKER: 400_00, Source.ADVANCE: 100_00}


@dataclass(frozen=True)
class Shown:
    """One item of the sample: its amount, and how it came about."""

    name: str
    amount: str
    note: str


@dataclass(frozen=True)
class Preview:
    """What the sample worker gets; `who` is empty for an invented one. With `errors` there are no lines."""

    who: str
    lines: list[Shown]
    gross: str
    errors: list[str]


def preview(client: ClientEnterprise, rules: SchemeRules, period: Period) -> Preview:
    """Pay a sample worker by a scheme's items: one of the client's, with last figures, or an invented one.

    Raises `ItemError` for items that do not hold together.
    """
    who, figures = _sample(client, rules)
    inputs = calculation_inputs(figures, period, period.next(), rules)
    if inputs.items is None:
        return Preview(who, [], yuan(0), [])
    gross = pay_by_items(inputs.gross, inputs.items)
    errors = [str(ERRORS[name]) for name in names_of(RowError, int(gross.errors[0]))]
    if errors:
        return Preview(who, [], "", errors)
    lines = [
        Shown(item.name, yuan(_signed(item.place) * int(gross.items_fen[item.key][0])), _note(rules, gross.names, item))
        for item in rules.items
        if item.key in gross.items_fen
    ]
    return Preview(who, lines, yuan(int(gross.gross_fen[0])), [])


def place_of_error(error: ItemError) -> tuple[str, str, str]:
    """Return a formula in three pieces, before, at and behind what is wrong."""
    text, why = error.text, error.why
    return text[: why.at], text[why.at : why.end], text[why.end :]


def _signed(place: Place) -> int:
    return -1 if place == Place.DEDUCTION else SIGN[place] or 1


def _note(rules: SchemeRules, names: Names, item: Item) -> str:
    sheet = rules.sheet
    if item.key not in sheet.formulas or not sheet.names_of(item):
        return ""
    return told(sheet.formulas[item.key], names.of_row(0))


def _sample(client: ClientEnterprise, rules: SchemeRules) -> tuple[str, Figures]:
    slip = Payslip.objects.filter(run__client=client, run__kind="regular", errors=0).order_by("-run", "pk").first()
    if slip is None:
        figures = blank_figures(1)
        for name, value in SAMPLE.items():
            figures[name][:] = value
    else:
        figures = from_json_row({"whole_month": 1, "service_months": 14, **slip.inputs})
    for item in rules.items:
        if item.source in SAMPLE_GIVEN and f"{ITEM}{item.key}" not in figures:
            figures[f"{ITEM}{item.key}"] = np.array([SAMPLE_GIVEN[item.source]], dtype=np.int64)
    return (slip.name if slip else ""), figures
