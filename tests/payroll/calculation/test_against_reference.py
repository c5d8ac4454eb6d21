"""Thousands of random payslips, months in a row, equal the slow reference in every fen."""

from decimal import Decimal

import numpy as np
import pytest

from agency.periods import Period
from payroll.calculation.debts import ADVANCED, REPAID
from payroll.calculation.payslips import compute_payslips
from payroll.calculation.withholding import YearToDate
from payroll.calculation.workings import workings
from tests.payroll.population import BASICS, PLACES, Population, as_people
from tests.payroll.reference import Year, fen, payslip

WORKERS = 1_000


@pytest.mark.parametrize("first_month", [1, 5, 9])
def test_a_year_of_random_workers(first_month):
    population = Population(WORKERS, np.random.default_rng(20261123 + first_month))
    years = [
        Year(BASICS[basic], bool(student)) for basic, student in zip(population.basic, population.student, strict=True)
    ]
    seen = dict.fromkeys(("borne", "lent", "repaid"), 0)
    before = YearToDate.start(WORKERS)
    brackets = set()
    for here, period in enumerate(Period.span(Period(2026, first_month), Period(2026, 12)), start=1):
        inputs = population.month(period, here, before)
        slips = compute_payslips(inputs, population.rules(period))
        assert not slips.errors.any()
        for row, worker in enumerate(as_people(population, inputs)):
            city, variants = PLACES[population.place[row]]
            expected = payslip(worker, years[row], city, variants, str(period), period.month)
            compare(slips, row, expected, worker)
            for name in seen:
                seen[name] += expected[name] > 0
        before = slips.tax.to_date
        brackets |= set(slips.tax.rate_millionths.tolist())
    assert all(count > 100 for count in seen.values()), seen
    assert len(brackets) == 7 or first_month > 1  # the year reaches every bracket


def compare(slips, row, expected, worker):
    got = {
        "base": slips.gross.base_fen,
        "absence": slips.gross.absence_fen,
        "gross": slips.gross_fen,
        "tax": slips.tax_fen,
        "net": slips.net_fen,
        "cost": slips.employer_cost_fen,
        "borne": slips.borne_fen,
        "lent": -slips.deductions_fen[ADVANCED],
        "repaid": slips.deductions_fen[REPAID],
    }
    assert {name: int(column[row]) for name, column in got.items()} == {name: fen(expected[name]) for name in got}, (
        worker
    )
    overtime = {kind: int(column[row]) for kind, column in slips.gross.overtime_fen.items()}
    assert overtime == {kind: fen(amount) for kind, amount in expected["overtime"].items()}, worker
    for side in ("employer", "employee"):
        due = getattr(slips.contributions, side).fen
        for insurance, column in due.items():
            assert int(column[row]) == fen(expected["due"].get((insurance, side), Decimal(0))), (
                insurance,
                side,
                worker,
            )


def test_the_lines_of_every_story_add_up():
    population = Population(200, np.random.default_rng(7))
    period = Period(2026, 10)
    inputs = population.month(period, 3, YearToDate.start(200))
    slips = compute_payslips(inputs, population.rules(period))
    for row in range(200):
        story = workings(inputs, slips, row)
        earned = sum(line.amount_fen for line in story.earned)
        assert earned == story.gross_fen
        assert earned + sum(line.amount_fen for line in story.taken) == story.net_fen
        assert earned + sum(line.amount_fen for line in story.employer) == story.employer_cost_fen
        tax = {line.key: line.amount_fen for line in story.tax}
        assert tax["tax_withheld"] == -next(line.amount_fen for line in story.taken if line.key == "tax")
        assert tax["tax_withheld"] == max(tax["tax_to_date"] + tax.get("tax_relief", 0) + tax["tax_withheld_before"], 0)
