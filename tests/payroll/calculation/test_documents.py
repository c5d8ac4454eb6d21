"""The worked numbers of docs/payroll/*.md are what the code computes."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from agency.money import Rounding, parse_yuan, round_fen
from payroll.calculation.bonus import bonus_tax, bonus_traps
from payroll.calculation.contribution_terms import (
    HOUSING_FUND,
    INJURY,
    ContributionPolicy,
    InsuranceTerms,
)
from payroll.calculation.contributions import ContributionInputs, contribute, difference
from payroll.calculation.debts import ADVANCED, Bearer, DebtInputs, held_back
from payroll.calculation.gross import HOLIDAY, REST_DAY, WEEKDAY, BaseMethod, overtime_pay
from payroll.calculation.particulars import Particulars
from payroll.calculation.payslips import compute_payslips
from payroll.calculation.remuneration import StudentInputs, single_tax, withhold_from_students
from payroll.calculation.severance import severance_tax
from payroll.calculation.withholding import BasicMethod, WithholdingInputs, YearToDate, withhold
from payroll.calculation.workings import workings
from tests.payroll.calculation.test_workings import on_the_line
from tests.payroll.documents import fen, hundredths, millionths, tables
from tests.payroll.rules import BASIC, CITIES, COSTS, MONTHLY, REMUNERATION, YEARLY
from tests.payroll.workers import RULES, one_worker, side, whole

GROSS, TAX, DUES = tables("gross.md"), tables("income_tax.md"), tables("contributions.md")
METHODS = {"here": BasicMethod.MONTHS_HERE, "first": BasicMethod.FIRST_JOB_OF_YEAR, "at_once": BasicMethod.AT_ONCE}
YEARS = [heading for heading, rows in TAX.items() if "months here" in rows[0]]
USED = {
    # by tests/payroll/formulas/test_document.py
    "Several placements in a month", "Sick leave",
    "Base wage", "Overtime", "A whole payslip", "Brackets", "Bonus", "Bonus traps", "Severance tax",
    "Items", "Claims to date", "Single payments", "Students on internship", "Rounding",
    "Beijing, July 2026", "Housing fund, one side", "Difference after a late notice",
    "A scheme's own figures", "A month without pay", "Held back of what was advanced",
    "Half of the tax, at most 100.00 a year",
    # by tests/payroll/schemes/test_write_offs.py
    "Given up",
    # by tests/payroll/declarations/test_document.py
    "Declared to date",
    "Where each rule is kept", *YEARS,
}  # fmt: skip


def test_every_table_is_checked():
    assert GROSS.keys() | TAX.keys() | DUES.keys() == USED


@pytest.mark.parametrize("row", GROSS["Base wage"], ids=lambda row: f"{row['method']}-{row['attended']}")
def test_base_wage(row):
    inputs = one_worker(
        wage=row["wage"],
        gross__method=whole(BaseMethod[row["method"].upper()]),
        gross__attended_days_x100=whole(hundredths(row, "attended")),
        gross__scheduled_days_x100=whole(hundredths(row, "scheduled")),
        gross__absent_days_x100=whole(hundredths(row, "absent")),
    )
    pay = compute_payslips(inputs, RULES).gross
    assert [pay.base_fen[0], pay.absence_fen[0]] == fen(row, "base", "absence")


@pytest.mark.parametrize("row", GROSS["Overtime"], ids=lambda row: row["wage"])
def test_overtime(row):
    wage = whole(*fen(row, "wage"))
    for kind, name, percent in (
        (WEEKDAY, "weekday", 150), (REST_DAY, "rest day", 200), (HOLIDAY, "holiday", 300),
    ):  # fmt: skip
        paid = overtime_pay(wage, whole(hundredths(row, name)), percent)
        assert paid.tolist() == fen(row, f"{name} pay"), kind


@pytest.mark.parametrize("row", GROSS["A scheme's own figures"], ids=lambda row: row["paid days"])
def test_a_schemes_own_figures(row):
    inputs = one_worker(
        wage=row["wage"],
        gross__absent_days_x100=whole(hundredths(row, "absent")),
        gross__overtime_hours_x100={WEEKDAY: whole(hundredths(row, "weekday hours"))},
        gross__overtime_percent={WEEKDAY: int(row["weekday percent"])},
        gross__paid_days_x100=hundredths(row, "paid days"),
    )
    pay = compute_payslips(inputs, RULES).gross
    assert [pay.absence_fen[0], pay.overtime_fen[WEEKDAY][0]] == fen(row, "absence", "weekday pay")


@pytest.mark.parametrize("row", DUES["A month without pay"], ids=lambda row: f"{row['bearer']}-{row['gross']}")
def test_a_month_without_pay(row):
    bearer = whole(Bearer[row["bearer"].upper()])
    inputs = one_worker(
        wage=row["gross"], employee_adjustment_fen=whole(0), debts=DebtInputs(bearer, whole(0), whole(0))
    )
    own = contribute(inputs.contributions, RULES.policies, 10).employee
    own_fen = int(own.social_fen[0] + own.fund_fen[0])
    inputs = replace(inputs, employee_adjustment_fen=whole(780_00 - own_fen))
    slips = compute_payslips(inputs, RULES)
    computed = [slips.gross_fen[0], -slips.deductions_fen[ADVANCED][0], slips.net_fen[0]]
    assert computed == fen(row, "gross with what is borne", "advanced", "net")


@pytest.mark.parametrize("row", DUES["Held back of what was advanced"], ids=lambda row: row["left before"])
def test_held_back(row):
    owed, gross, left = (whole(amount) for amount in fen(row, "owed", "gross", "left before"))
    inputs = DebtInputs(whole(Bearer.WORKER), owed, whole(2490_00))
    assert held_back(inputs, gross, left).tolist() == fen(row, "held back")


def test_half_of_the_tax():
    before = YearToDate.start(1)
    for row in TAX["Half of the tax, at most 100.00 a year"]:
        income, special = (whole(amount) for amount in fen(row, "income", "special"))
        month, nothing = int(row["month"]), whole(0)
        inputs = WithholdingInputs(
            month, before, whole(month), nothing, income, nothing, special, nothing, nothing, nothing, nothing,
            more=Particulars(nothing, whole(50), whole(100_00)),
        )  # fmt: skip
        tax = withhold(inputs, YEARLY, BASIC)
        computed = [tax.tax_to_date_fen[0], tax.to_date.relief_fen[0], tax.withheld_fen[0]]
        assert computed == fen(row, "tax to date", "relief to date", "withheld")
        before = tax.to_date


def test_a_whole_payslip():
    inputs = on_the_line()
    story = workings(inputs, compute_payslips(inputs, RULES), 0)

    def lines(part):
        return [(" ".join(filter(None, (line.numbers.get("item"), line.key))), line.amount_fen) for line in part]

    told = [*lines(story.earned), ("gross", story.gross_fen), *lines(story.taken), ("net", story.net_fen)]
    assert told == [(row["line"], parse_yuan(row["amount"])) for row in GROSS["A whole payslip"]]


def test_brackets():
    told = [
        (
            None if row["up to"] == "—" else parse_yuan(row["up to"]),
            millionths(row["rate"]),
            *fen(row, "quick deduction"),
        )
        for row in TAX["Brackets"]
    ]
    assert told == [(b.up_to_fen, b.rate_millionths, b.quick_fen) for b in YEARLY.brackets]


@pytest.mark.parametrize("heading", YEARS)
def test_months_in_a_row(heading):
    before, nothing = YearToDate.start(1), whole(0)
    for row in TAX[heading]:
        income, special, additional = fen(row, "income", "special", "additional to date")
        result = withhold(
            WithholdingInputs(
                tax_month=int(row["month"]),
                before=before,
                months_here=whole(int(row["months here"])),
                basic_method=whole(METHODS[row["method"]]),
                income_fen=whole(income),
                exempt_fen=nothing,
                special_fen=whole(special),
                additional_to_date_fen=whole(additional),
                pension_to_date_fen=nothing,
                other_fen=nothing,
                relief_fen=nothing,
            ),
            YEARLY,
            BASIC,
        )
        got = [
            result.basic_to_date_fen, result.taxable_to_date_fen, result.tax_to_date_fen, result.withheld_fen,
        ]  # fmt: skip
        assert [int(column[0]) for column in got] == fen(
            row, "basic to date", "taxable to date", "tax to date", "withheld"
        )
        before = result.to_date


def test_bonus():
    for row in TAX["Bonus"]:
        bonus, tax, kept = fen(row, "bonus", "tax", "kept")
        assert bonus_tax(whole(bonus), MONTHLY).tolist() == [tax]
        assert bonus - tax == kept


def test_bonus_traps():
    told = [fen(row, "bound", "until", "loss") for row in TAX["Bonus traps"]]
    assert told == [[trap.best_fen, trap.until_fen, trap.loss_fen] for trap in bonus_traps(MONTHLY)]


def test_severance():
    for row in TAX["Severance tax"]:
        payment, average, *expected = fen(row, "severance", "average yearly wage", "exempt", "taxed", "tax")
        result = severance_tax(whole(payment), whole(average), YEARLY)
        assert [int(c[0]) for c in (result.exempt_fen, result.taxable_fen, result.tax_fen)] == expected


def test_single_payments():
    for row in TAX["Single payments"]:
        assert single_tax(whole(*fen(row, "payment")), REMUNERATION, COSTS).tolist() == fen(row, "tax")


def test_students():
    income = withheld = whole(0)
    for row in TAX["Students on internship"]:
        inputs = StudentInputs(whole(int(row["month"])), income, withheld, whole(*fen(row, "income")))
        result = withhold_from_students(inputs, YEARLY, COSTS, BASIC)
        assert [int(result.taxable_to_date_fen[0]), int(result.withheld_fen[0])] == fen(
            row, "taxable to date", "withheld"
        )
        income, withheld = result.income_to_date_fen, withheld + result.withheld_fen


def test_rounding():
    assert [row["mode"] for row in DUES["Rounding"]] == list(Rounding)
    for row in DUES["Rounding"]:
        for exact, told in list(row.items())[2:]:
            assert round_fen(int(exact.replace(".", "")), 10, Rounding(row["mode"])) == parse_yuan(told), row


def beijing(base, day, fund=120_000):
    rates = {HOUSING_FUND: whole(fund)}
    inputs = ContributionInputs(
        whole(0), whole(base), whole(base), employer_rates={INJURY: whole(2_000), **rates}, employee_rates=rates
    )
    return contribute(inputs, [CITIES["beijing"].on(day).policy], day.month)


def test_beijing():
    for row in DUES["Beijing, July 2026"]:
        declared, *expected = fen(row, "declared base", "base", "employee", "employer")
        result = beijing(declared, date(2026, 7, 1))
        name = row["insurance"]
        got = (result.base_fen[name], result.employee.fen[name], result.employer.fen[name])
        assert [int(column[0]) for column in got] == expected, row


def test_housing_fund():
    for row in DUES["Housing fund, one side"]:
        terms = InsuranceTerms(HOUSING_FUND, None, None, side(0), side(millionths(row["rate"]), Rounding.HALF_UP_YUAN))
        inputs = ContributionInputs(whole(0), whole(0), whole(*fen(row, "base")))
        result = contribute(inputs, [ContributionPolicy("", (terms,))], 7)
        assert result.employee.fund_fen.tolist() == fen(row, "one side")


def test_difference():
    late = difference(beijing(700_000, date(2026, 6, 1)), beijing(700_000, date(2026, 7, 1)))
    for row in DUES["Difference after a late notice"]:
        name = row["insurance"]
        got = [int(late.employee.fen[name][0]), int(late.employer.fen[name][0])]
        assert got == fen(row, "employee difference", "employer difference"), row
    shown = {row["insurance"] for row in DUES["Difference after a late notice"]}
    assert not any(np.any(late.employer.fen[name]) for name in late.employer.fen if name not in shown)


def test_each_rule_names_tests_that_exist():
    tree = Path(__file__).parents[1]
    code = "\n".join(f"{path.stem} {path.read_text()}" for path in tree.rglob("test_*.py"))
    for row in TAX["Where each rule is kept"]:
        for name in re.findall(r"test_\w+", row["shown by"]):
            assert re.search(rf"\b{name}\b", code), name
