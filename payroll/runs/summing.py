"""The amounts a run keeps of each payslip, and their sums on its own row."""

from typing import Any

import numpy as np

from agency.money import Column
from payroll.calculation.contribution_terms import INSURANCES
from payroll.calculation.items import Place
from payroll.calculation.payslips import Payslips, total_fen
from payroll.models import PayrollRun, TaxPolicy
from payroll.payslips.checks import tally

from .filters import views_of
from .gathering import Gathered

SUMS = (
    "base_fen", "absence_fen", "overtime_weekday_fen", "overtime_rest_day_fen", "overtime_holiday_fen",
    "allowances_fen", "gross_fen", "employee_social_fen", "employee_fund_fen", "employee_adjustment_fen", "tax_fen",
    "deducted_fen", "net_fen", "employer_social_fen", "employer_fund_fen", "employer_adjustment_fen",
    "employer_cost_fen",
)  # fmt: skip
COUNTED = (
    "attended_x100", "overtime_weekday_x100", "overtime_rest_day_x100", "overtime_holiday_x100", "night_shifts",
)  # fmt: skip


def amounts_of(slips: Payslips) -> dict[str, Column]:
    """Return the stored columns of a computation by their names on `Payslip`."""
    gross, dues, tax = slips.gross, slips.contributions, slips.tax
    overtime = {f"overtime_{kind}_fen": amount for kind, amount in gross.overtime_fen.items()}
    sides = {
        f"{side}_{name}_fen": getattr(dues, side).fen[name] for side in ("employee", "employer") for name in INSURANCES
    }
    to_date = {f"{name.removesuffix('_fen')}_to_date_fen": getattr(tax.to_date, name) for name in tax.to_date.__slots__}
    return {
        "base_fen": gross.base_fen + gross.own_fen.get(Place.BASE, 0),
        "absence_fen": gross.absence_fen + gross.own_fen.get(Place.ABSENCE, 0),
        **overtime,
        "allowances_fen": (
            sum(gross.allowances_fen.values())
            + gross.own_fen.get(Place.ALLOWANCE, 0)
            + slips.apart.amount_fen
            + slips.borne_fen
        ),
        "gross_fen": slips.gross_fen,
        **sides,
        "employee_social_fen": slips.employee_social_fen,
        "employee_fund_fen": slips.employee_fund_fen,
        "employer_social_fen": dues.employer.social_fen,
        "employer_fund_fen": dues.employer.fund_fen,
        "employee_adjustment_fen": slips.employee_adjustment_fen,
        "employer_adjustment_fen": slips.employer_adjustment_fen,
        "tax_fen": slips.tax_fen,
        "deducted_fen": slips.deducted_fen,
        "net_fen": slips.net_fen,
        "employer_cost_fen": slips.employer_cost_fen,
        **to_date,
        "basic_to_date_fen": tax.basic_to_date_fen,
        "additional_to_date_fen": tax.additional_to_date_fen,
        "pension_to_date_fen": tax.pension_to_date_fen,
        "taxable_to_date_fen": tax.taxable_to_date_fen,
        "tax_to_date_fen": tax.tax_to_date_fen,
        "errors": slips.errors,
        "warnings": slips.warnings,
    }


def _item_totals(gathered: Gathered, slips: Payslips) -> list[dict[str, Any]]:
    """Sum each own item over the run, with what it counts into, for bills and reports."""
    taken = slips.gross.items_fen | slips.deductions_fen
    return [
        {
            "key": item.key, "name": item.name, "place": item.place, "fen": total_fen([taken[item.key]]),
            "taxable": item.taxable, "insurance_base": item.insurance_base, "billed": item.billed,
        }
        for item in gathered.rules.items
        if item.key in taken
    ]  # fmt: skip


def summarise(
    run: PayrollRun,
    tax_row: TaxPolicy,
    gathered: Gathered,
    slips: Payslips,
    amounts: dict[str, Column],
    found: tuple[Column, Column],
) -> None:
    """Keep the sums and counts on the run's own row."""
    checks, attention = found
    run.tax_policy = tax_row
    run.rules = gathered.rules.as_json() if gathered.rules.items else {}
    run.headcount = len(slips)
    run.errors = int(np.count_nonzero(slips.errors))
    run.attention = int(np.count_nonzero(attention))
    run.totals |= {name: total_fen([amounts[name]]) for name in SUMS}
    run.totals |= {name: int(np.maximum(gathered.figures[name], 0).sum()) for name in COUNTED}
    run.totals["items"] = _item_totals(gathered, slips)
    run.totals["views"] = views_of(checks, attention)
    run.totals["checks"] = tally(checks)
    run.totals["change_percent"] = gathered.facts.change_percent
    run.provisional = [
        {"city": choice.row.city, "insurances": sorted({*choice.provisional, *choice.carried_forward})}
        for choice in {choice.row.pk: choice for choice in gathered.cities.found.values()}.values()
        if choice.provisional or choice.carried_forward
    ] + [{"city": city, "missing": why} for city, why in gathered.cities.missing.items()]
    run.save(update_fields=["tax_policy", "rules", "headcount", "errors", "attention", "totals", "provisional"])
