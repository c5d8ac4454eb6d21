"""Random workers for a year, as columns for the calculation and as Decimal yuan for the reference."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from agency.periods import Period
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
from payroll.calculation.debts import Bearer, DebtInputs
from payroll.calculation.gross import BaseMethod, GrossInputs
from payroll.calculation.particulars import Particulars
from payroll.calculation.payslips import PayrollRules, PayslipInputs, TaxFacts
from payroll.calculation.withholding import YearToDate
from tests.payroll.rules import BASIC, CITIES, COSTS, YEARLY

# Cities whose data covers every month of 2026, with the variants picked for the test.
PLACES = (
    ("beijing", {}),
    ("shanghai", {}),
    ("guangzhou", {}),
    ("hangzhou", {}),
    ("chengdu", {"housing_fund": "county"}),
    ("shenzhen", {"medical": "tier1", "pension": "local_hukou"}),
    ("shenzhen", {"medical": "tier2"}),
)
METHODS = {BaseMethod.MONTHLY: "monthly", BaseMethod.PAID_DAYS: "paid_days", BaseMethod.SCHEDULE: "schedule"}
BASICS = ("here", "first", "at_once")
KINDS = ("weekday", "rest_day", "holiday")
NOT_FOR_STUDENTS = (PENSION, MEDICAL, UNEMPLOYMENT, MATERNITY, HOUSING_FUND)


@dataclass
class Population:
    """Hold n workers who stay for the year; `month()` draws what changes from month to month."""

    n: int
    random: np.random.Generator

    def __post_init__(self):
        draw = self.random
        self.place = draw.integers(0, len(PLACES), self.n)
        self.basic = draw.integers(0, 3, self.n)
        # From the minimum wage to well into the highest bracket.
        self.wage = (10 ** draw.uniform(5.3, 7.4, self.n)).astype(np.int64)
        self.additional = draw.integers(0, 4, self.n) * 100_000
        self.pension = draw.integers(0, 2, self.n) * 100_000
        self.injury = draw.integers(14, 15, self.n) * 200
        self.fund = draw.integers(5, 8, self.n) * 10_000
        self.student = draw.integers(0, 10, self.n) // 9
        self.supplementary = draw.integers(0, 2, self.n).astype(bool) & (self.student == 0)
        self.relief_percent = draw.integers(0, 101, self.n) * (draw.random(self.n) < 0.15)
        self.relief_limit = draw.integers(0, 5, self.n) * 150_000
        # What a scheme sets for all of its workers.
        self.paid_days_x100 = int(draw.choice([2175, 2600, 2083]))
        self.percents = {"weekday": int(draw.choice([150, 175])), "rest_day": 200, "holiday": 300}

    def rules(self, period: Period) -> PayrollRules:
        day = date(period.year, period.month, 1)
        policies = tuple(CITIES[city].on(day, variants).policy for city, variants in PLACES)
        return PayrollRules(YEARLY, BASIC, policies, costs_millionths=COSTS.rate_millionths)

    def month(self, period: Period, months_here: int, before: YearToDate) -> PayslipInputs:
        draw, n = self.random, self.n

        def up_to(limit, chance=1.0):
            return draw.integers(0, limit + 1, n) * (draw.random(n) < chance)

        nothing = np.zeros(n, dtype=np.int64)
        supplementary = np.full(n, 20_000)
        wage = self.wage * draw.integers(60, 130, n) // 100
        return PayslipInputs(
            wage_period=period,
            pay_period=period,
            gross=GrossInputs(
                method=draw.integers(0, 3, n),
                wage_fen=wage,
                overtime_wage_fen=wage - up_to(50_000),
                attended_days_x100=up_to(60) * 50,
                scheduled_days_x100=draw.integers(20, 24, n) * 100,
                absent_days_x100=up_to(8, 0.3) * 25,
                overtime_hours_x100={kind: up_to(160, 0.6) * 25 for kind in KINDS},
                allowances_fen={"night": up_to(60_000), "correction": up_to(20_000, 0.2)},
                overtime_percent=self.percents,
                paid_days_x100=self.paid_days_x100,
            ),
            contributions=ContributionInputs(
                policy=self.place,
                social_base_fen=1 + up_to(5_000_000),
                fund_base_fen=1 + up_to(5_000_000),
                enrolled={SUPPLEMENTARY_FUND: self.supplementary}
                | dict.fromkeys(NOT_FOR_STUDENTS, self.student == 0),
                employer_rates={
                    HOUSING_FUND: self.fund, INJURY: self.injury, SUPPLEMENTARY_FUND: supplementary,
                },
                employee_rates={HOUSING_FUND: self.fund, SUPPLEMENTARY_FUND: supplementary},
            ),
            tax=TaxFacts(
                before=before,
                months_here=np.full(n, months_here),
                basic_method=self.basic,
                exempt_fen=up_to(10_000, 0.2),
                additional_to_date_fen=self.additional * months_here,
                pension_to_date_fen=self.pension * months_here,
                other_fen=up_to(30_000, 0.3),
                relief_fen=up_to(5_000, 0.1),
                more=Particulars(self.student, self.relief_percent, self.relief_limit),
            ),
            employee_adjustment_fen=up_to(20_000, 0.2) - up_to(20_000, 0.2),
            employer_adjustment_fen=nothing,
            deductions_fen={"dormitory": up_to(40_000), "advance": up_to(100_000, 0.1)},
            debts=DebtInputs(draw.integers(0, 4, n), up_to(900_000, 0.4), np.full(n, 249_000)),
        )  # fmt: skip


def as_people(population: Population, inputs: PayslipInputs) -> list[dict]:
    """Write the columns down as one dict of Decimal yuan a worker."""
    return [_person(population, inputs, row) for row in range(population.n)]


def _person(population: Population, inputs: PayslipInputs, row: int) -> dict:
    def small(column):
        return Decimal(int(column[row])) / 100

    pay, dues, tax = inputs.gross, inputs.contributions, inputs.tax
    sides = {"employer": dues.employer_rates, "employee": dues.employee_rates}
    return {
        "method": METHODS[BaseMethod(int(pay.method[row]))],
        "wage": small(pay.wage_fen),
        "overtime_wage": small(pay.overtime_wage_fen),
        "attended": small(pay.attended_days_x100),
        "scheduled": small(pay.scheduled_days_x100),
        "absent": small(pay.absent_days_x100),
        "paid_days": Decimal(pay.paid_days_x100) / 100,
        "times": {kind: Decimal(percent) / 100 for kind, percent in pay.overtime_percent.items()},
        "hours": {kind: small(hours) for kind, hours in pay.overtime_hours_x100.items()},
        "allowances": {item: small(amount) for item, amount in pay.allowances_fen.items()},
        "social_base": small(dues.social_base_fen),
        "fund_base": small(dues.fund_base_fen),
        "enrolled": {name: bool(given[row]) for name, given in dues.enrolled.items()},
        "rates": {(name, side): int(rate[row]) for side, r in sides.items() for name, rate in r.items()},
        "exempt": small(tax.exempt_fen),
        "additional_to_date": small(tax.additional_to_date_fen),
        "pension_to_date": small(tax.pension_to_date_fen),
        "other": small(tax.other_fen),
        "relief": small(tax.relief_fen),
        "relief_percent": Decimal(int(tax.more.relief_percent[row])),
        "relief_limit": small(tax.more.relief_limit_fen),
        "bearer": Bearer(int(inputs.debts.bearer[row])).name.lower(),
        "owed": small(inputs.debts.owed_fen),
        "minimum_wage": small(inputs.debts.minimum_fen),
        "adjustment": small(inputs.employee_adjustment_fen),
        "deductions": {item: small(amount) for item, amount in inputs.deductions_fen.items()},
    }
