"""Short ways to write a run's columns in tests."""

from dataclasses import replace

import numpy as np

from agency.money import Rounding, parse_yuan
from agency.periods import Period
from payroll.calculation.contribution_terms import (
    HOUSING_FUND,
    MEDICAL,
    PENSION,
    UNEMPLOYMENT,
    ContributionPolicy,
    InsuranceTerms,
    SideTerms,
)
from payroll.calculation.contributions import ContributionInputs
from payroll.calculation.gross import GrossInputs
from payroll.calculation.payslips import PayrollRules, PayslipInputs, TaxFacts
from payroll.calculation.withholding import YearToDate
from tests.payroll.rules import BASIC, YEARLY


def whole(*values):
    return np.array(values, dtype=np.int64)


def yuan_column(*values):
    return whole(*(parse_yuan(value) for value in values))


def side(rate, mode=Rounding.HALF_UP_FEN, highest=None, **fixed):
    return SideTerms(rate, rate if highest is None else highest, mode, **fixed)


PLAIN_POLICY = ContributionPolicy(
    "plain",
    (
        InsuranceTerms(PENSION, None, None, side(160_000), side(80_000)),
        InsuranceTerms(MEDICAL, None, None, side(90_000), side(20_000)),
        InsuranceTerms(UNEMPLOYMENT, None, None, side(5_000), side(5_000)),
        InsuranceTerms(
            HOUSING_FUND,
            None,
            None,
            side(50_000, Rounding.HALF_UP_YUAN, 120_000),
            side(50_000, Rounding.HALF_UP_YUAN, 120_000),
        ),
    ),
)
RULES = PayrollRules(YEARLY, BASIC, (PLAIN_POLICY,))


def year_to_date(income="0", special="0", withheld="0"):
    nothing = whole(0)
    return YearToDate(yuan_column(income), nothing, yuan_column(special), nothing, nothing, yuan_column(withheld))


def one_worker(wage="5000", social_base="5000", fund_base="5000", month="2026-10", **changes):
    """Give the inputs of one worker on a monthly wage, 5 % fund, in the first month here."""
    nothing = whole(0)
    inputs = PayslipInputs(
        wage_period=Period.parse(month),
        pay_period=Period.parse(month),
        gross=GrossInputs(nothing, yuan_column(wage), yuan_column(wage), nothing, nothing, nothing),
        contributions=ContributionInputs(
            nothing,
            yuan_column(social_base),
            yuan_column(fund_base),
            employer_rates={HOUSING_FUND: whole(50_000)},
            employee_rates={HOUSING_FUND: whole(50_000)},
        ),
        tax=TaxFacts(year_to_date(), whole(1), nothing, nothing, nothing, nothing, nothing, nothing),
        employee_adjustment_fen=nothing,
        employer_adjustment_fen=nothing,
    )
    return change(inputs, **changes)


def change(inputs, **changes):
    """Replace columns by path: `gross__absent_days_x100=…`, `tax__before=…`, `deductions_fen=…`."""
    for path, value in changes.items():
        part, _, name = path.partition("__")
        value = replace(getattr(inputs, part), **{name: value}) if name else value
        inputs = replace(inputs, **{part: value})
    return inputs
