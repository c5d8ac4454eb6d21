"""The declarations of docs/payroll/income_tax.md, and thousands of random ones, counted month by month by hand."""

import random
import re
from decimal import Decimal

import pytest

from agency.money import parse_yuan
from agency.periods import Period
from payroll.declarations.year import sums_to_date
from payroll.models import TaxDeclaration
from tests.payroll.documents import fen, tables
from tests.payroll.rules import DAY, TAX

TOLD = tables("income_tax.md")["Declared to date"]
ROW = re.compile(r"(\w+) ([\d,.]+)(?: of ([\d,.]+))?(?: ×(\d))?(?: (\d+)%)?( shared)?(?: from (\d+))?(?: until (\d+))?")


def told(text):
    kind, amount, base, count, share, shared, first, last = ROW.fullmatch(text).groups()
    return TaxDeclaration(
        kind=kind, amount_fen=parse_yuan(amount), base_fen=parse_yuan(base or "0"), count=int(count or 1),
        share=int(share or 100), shared=bool(shared), valid_from=Period(2026, int(first or 1)).first_day,
        valid_to=Period(2026, int(last)).end if last else None,
    )  # fmt: skip


@pytest.mark.parametrize("row", TOLD, ids=lambda row: row["declared"])
def test_declared_to_date(row):
    sums = sums_to_date([told(row["declared"])], TAX, Period(2026, int(row["month"])), int(row["counted from"]), DAY)
    assert [sum(sums.values())] == fen(row, "to date")


# The law once more, in yuan and by hand: what one month of each kind is worth.
A_MONTH = {
    "children_education": lambda row: Decimal(2000) * row.count * row.share / 100,
    "infant_care": lambda row: Decimal(2000) * row.count * row.share / 100,
    "elderly": lambda row: Decimal(row.amount_fen) / 100,
    "rent": lambda row: Decimal(row.amount_fen) / 100,
    "health_insurance": lambda row: min(Decimal(row.amount_fen) / 100, Decimal(200)),
    "private_pension": lambda row: Decimal(row.amount_fen) / 100,
    "annuity": lambda row: min(Decimal(row.amount_fen) / 100, round(Decimal(row.base_fen) / 100 * 4 / 100, 2)),
}


def drawn(draw):
    kind = draw.choice(list(A_MONTH))
    begins = Period(draw.choice([2025, 2026]), draw.randint(1, 12))
    ends = begins + draw.randint(0, 18)
    amounts = {"rent": [1500_00, 1100_00, 800_00], "elderly": [3000_00, 1500_00, 700_00]}
    amount = 2000_00 if kind in ("children_education", "infant_care") else draw.randint(1, 5000) * 100
    each = {"count": draw.randint(1, 3), "share": draw.choice([50, 100])} if amount == 2000_00 else {}
    return TaxDeclaration(
        kind=kind, amount_fen=draw.choice(amounts.get(kind, [amount])), base_fen=draw.randint(1, 300) * 10_000,
        valid_from=begins.first_day, valid_to=draw.choice([None, ends.end]),
        **(each if kind in ("children_education", "infant_care") else {}),
    )  # fmt: skip


def by_hand(row, month, first):
    worth = Decimal(0)
    for number in range(first, month.month + 1):
        day = Period(2026, number).first_day
        if row.valid_from <= day and (row.valid_to is None or day < row.valid_to):
            worth += A_MONTH[row.kind](row)
    if row.kind == "private_pension":
        worth = min(worth, Decimal(12_000))
    return int(worth * 100)


def test_thousands_of_random_declarations():
    draw = random.Random(20261123)
    counted = 0
    for _number in range(6_000):
        row, month = drawn(draw), Period(2026, draw.randint(1, 12))
        first = draw.randint(1, month.month)
        found = sums_to_date([row], TAX, month, first, DAY).get(row.kind, 0)
        assert found == by_hand(row, month, first), (row.kind, row.valid_from, row.valid_to, month, first)
        counted += found > 0
    assert counted > 3_000
