"""The figures a payslip is computed from: whole numbers by name, as columns for a run and as JSON in a payslip.

Computing a run and computing a stored payslip again go through the same `calculation_inputs`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from agency.money import Column
from agency.periods import Period
from payroll.calculation.apart import ApartInputs, ApartKind
from payroll.calculation.contribution_terms import (
    HOUSING_FUND,
    INJURY,
    MATERNITY,
    MEDICAL,
    PENSION,
    SUPPLEMENTARY_FUND,
    UNEMPLOYMENT,
)
from payroll.calculation.contributions import ContributionInputs
from payroll.calculation.debts import DebtInputs
from payroll.calculation.gross import OVERTIME_PERCENT, PAID_DAYS_X100, GrossInputs
from payroll.calculation.item_pay import ItemInputs
from payroll.calculation.particulars import Particulars
from payroll.calculation.payslips import PayslipInputs, TaxFacts
from payroll.calculation.scheme_rules import SchemeRules
from payroll.calculation.withholding import YearToDate

Figures = dict[str, Column]

# Amounts in fen, days and hours in hundredths, rates in millionths.
COMPUTED_FROM = (
    "method", "wage_fen", "attended_x100", "scheduled_x100", "absent_x100",
    "overtime_weekday_x100", "overtime_rest_day_x100", "overtime_holiday_x100",
    "night_fen", "sick_fen", "other_allowance_fen", "other_deduction_fen",
    "policy", "social_base_fen", "fund_base_fen", "fund_rate", "injury_rate",
    "before_income_fen", "before_exempt_fen", "before_special_fen", "before_other_fen", "before_relief_fen",
    "one_time_fen", "apart_kind", "average_wage_fen",
    "before_withheld_fen", "months_here", "basic_method", "additional_to_date_fen", "pension_to_date_fen",
    "night_shifts", "sick_x100", "service_months", "whole_month",
    "supplementary_rate", "employee_adjustment_fen", "employer_adjustment_fen",
    "other_fen", "student", "relief_percent", "relief_limit_fen",
    # 0 where the law's own figure holds: a month's paid days, the percents of overtime.
    "paid_days_x100", "overtime_weekday_percent", "overtime_rest_day_percent", "overtime_holiday_percent",
    "bearer", "owed_fen", "owed_minimum_fen",
)  # fmt: skip
# Not computed from, but needed to tell how the figures above came about; `variants` picks the terms of the policy.
TOLD_WITH = ("tax_start", "variants", "replaced_fen", "tax_apart_fen", "tax_merged_fen", "trap_best_fen")
NAMES = (*COMPUTED_FROM, *TOLD_WITH)
# Before the key of an item whose figure was given, and before the kind of a deduction that was declared, to date.
ITEM = "item:"
DECLARED = "declared:"
PREFIXES = (ITEM, DECLARED)

NOT_INSURED, INSURED, NO_TERMS = -1, 0, 1
FOR_EMPLOYEES = (PENSION, MEDICAL, UNEMPLOYMENT, MATERNITY)


def blank_figures(n: int) -> Figures:
    """Return all figures of n workers as 0, nobody insured."""
    figures = {name: np.zeros(n, dtype=np.int64) for name in NAMES}
    figures["policy"][:] = NOT_INSURED
    return figures


def calculation_inputs(
    figures: Mapping[str, Column], wage_period: Period, pay_period: Period, rules: SchemeRules
) -> PayslipInputs:
    """Build the calculation's inputs; `figures["policy"]` indexes the policies of the rules it is computed by."""
    nothing = np.zeros(len(figures["wage_fen"]), dtype=np.int64)
    return PayslipInputs(
        wage_period=wage_period,
        pay_period=pay_period,
        gross=GrossInputs(
            method=figures["method"],
            wage_fen=figures["wage_fen"],
            overtime_wage_fen=figures["wage_fen"],
            attended_days_x100=figures["attended_x100"],
            scheduled_days_x100=figures["scheduled_x100"],
            absent_days_x100=figures["absent_x100"],
            overtime_hours_x100={kind: figures[f"overtime_{kind}_x100"] for kind in OVERTIME_PERCENT},
            overtime_percent={
                kind: _of_all(figures[f"overtime_{kind}_percent"]) or percent
                for kind, percent in OVERTIME_PERCENT.items()
            },
            paid_days_x100=_of_all(figures["paid_days_x100"]) or PAID_DAYS_X100,
            allowances_fen={
                "night": figures["night_fen"],
                "sick": figures["sick_fen"],
                "other": figures["other_allowance_fen"],
                "bonus": np.where(figures["apart_kind"] == ApartKind.NONE, figures["one_time_fen"], 0),
            },
        ),
        contributions=contribution_inputs(figures),
        tax=TaxFacts(
            before=YearToDate(*(figures[f"before_{name}"] for name in YearToDate.__slots__)),
            months_here=figures["months_here"],
            basic_method=figures["basic_method"],
            exempt_fen=nothing,
            additional_to_date_fen=figures["additional_to_date_fen"],
            pension_to_date_fen=figures["pension_to_date_fen"],
            other_fen=figures["other_fen"],
            relief_fen=nothing,
            more=Particulars(figures["student"], figures["relief_percent"], figures["relief_limit_fen"]),
            declared_fen=_prefixed(figures, DECLARED),
        ),
        employee_adjustment_fen=figures["employee_adjustment_fen"],
        employer_adjustment_fen=figures["employer_adjustment_fen"],
        deductions_fen={"other": figures["other_deduction_fen"]},
        apart=ApartInputs(figures["apart_kind"], figures["one_time_fen"], figures["average_wage_fen"]),
        items=_item_inputs(figures, rules, wage_period) if rules.items else None,
        debts=DebtInputs(figures["bearer"], figures["owed_fen"], figures["owed_minimum_fen"]),
    )


def _of_all(figure: Column) -> int:
    """Return what is the same for all workers of a run."""
    return int(figure[0]) if len(figure) else 0


def _prefixed(figures: Mapping[str, Column], prefix: str) -> dict[str, Column]:
    return {name.removeprefix(prefix): values for name, values in figures.items() if name.startswith(prefix)}


def contribution_inputs(figures: Mapping[str, Column]) -> ContributionInputs:
    """Build what insurance and funds are computed from; a fund without base or rate is not paid into.

    A student on internship is no employee: at most the work injury insurance takes them.
    """
    funds = {HOUSING_FUND: figures["fund_rate"], SUPPLEMENTARY_FUND: figures["supplementary_rate"]}
    paid, employed = figures["fund_base_fen"] > 0, figures["student"] == 0
    return ContributionInputs(
        policy=figures["policy"],
        social_base_fen=figures["social_base_fen"],
        fund_base_fen=figures["fund_base_fen"],
        enrolled={
            HOUSING_FUND: paid & employed,
            SUPPLEMENTARY_FUND: paid & employed & (figures["supplementary_rate"] > 0),
            **(dict.fromkeys(FOR_EMPLOYEES, employed) if not employed.all() else {}),
        },
        employer_rates={INJURY: figures["injury_rate"], **funds},
        employee_rates=funds,
    )


def _item_inputs(figures: Mapping[str, Column], rules: SchemeRules, wage_period: Period) -> ItemInputs:
    return ItemInputs(
        rules=rules,
        given=_prefixed(figures, ITEM),
        sick_days_x100=figures["sick_x100"],
        night_shifts=figures["night_shifts"],
        service_months=figures["service_months"],
        whole_month=figures["whole_month"],
        month=wage_period.month,
    )


def whole(stored: Mapping[str, int]) -> dict[str, int]:
    """Return one worker's stored figures with those that are 0."""
    return {name: stored.get(name, 0) for name in NAMES} | {
        name: value for name, value in stored.items() if name.startswith(PREFIXES)
    }


def from_json_row(row: Mapping[str, Any]) -> Figures:
    """Read one payslip's stored figures back as columns of one row."""
    return {name: np.array([value], dtype=np.int64) for name, value in whole(row).items()}
