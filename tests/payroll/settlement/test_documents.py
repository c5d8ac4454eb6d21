"""The worked examples of docs/payroll/settlement.md."""

import datetime as dt

import pytest

from agency.money import parse_yuan
from payroll.settlement.fees import FeeError, FeeTerms, Tier, fee_fen, read_tiers, written
from payroll.settlement.receivables import bucket
from payroll.settlement.vat import NoVatRule, amounts, rule_on
from tests.payroll.documents import fen, millionths, tables

DOCUMENT = tables("settlement.md")
COST, FEE = 1_000_000_00, 60_000_00


def split(row, includes_tax):
    rule = rule_on(row["regime"], dt.date.fromisoformat(row["on"]))
    return amounts(cost_fen=COST, deductible_fen=COST, fee_fen=FEE, fee_includes_tax=includes_tax, rule=rule)


@pytest.mark.parametrize("row", DOCUMENT["VAT of 1,060,000"], ids=lambda row: f"{row['regime']} {row['on']}")
def test_vat_inside_the_fee(row):
    found = split(row, includes_tax=True)
    assert [found.vat_fen, found.total_fen - found.vat_fen, found.deducted_fen] == fen(
        row, "tax", "without tax", "deducted"
    )
    assert found.total_fen == COST + FEE


@pytest.mark.parametrize("row", DOCUMENT["A fee without tax"], ids=lambda row: row["regime"])
def test_vat_on_top_of_the_fee(row):
    found = split(row, includes_tax=False)
    assert [found.vat_fen, found.total_fen] == fen(row, "tax", "total")


def terms(row):
    said = row["terms"]
    if row["model"] == "tiered":
        tiers = [part.split(":") for part in said.split()]
        return FeeTerms(
            "tiered", tiers=tuple(Tier(None if up == "*" else int(up), parse_yuan(each)) for up, each in tiers)
        )
    if row["model"] == "percentage":
        return FeeTerms("percentage", rate=millionths(said.split()[0]), of_gross=said.endswith("gross"))
    return FeeTerms(row["model"], amount_fen=parse_yuan(said))


@pytest.mark.parametrize("row", DOCUMENT["Fees"], ids=lambda row: f"{row['model']} {row['terms']} {row['heads']}")
def test_fees(row):
    found = fee_fen(terms(row), heads=int(row["heads"]), cost_fen=400_000_00, gross_fen=310_000_00)
    assert [found] == fen(row, "fee")


@pytest.mark.parametrize("row", DOCUMENT["Ageing"], ids=lambda row: row["due"])
def test_ageing(row):
    assert bucket(dt.date.fromisoformat(row["due"]), dt.date(2026, 11, 23)) == row["column"]


def test_the_difference_regimes_have_ended():
    assert rule_on("simplified_difference", dt.date(2025, 12, 31)).deducts
    with pytest.raises(NoVatRule):
        rule_on("simplified_difference", dt.date(2026, 1, 1))
    with pytest.raises(NoVatRule):
        rule_on("general_difference", dt.date(2028, 1, 1))


def test_tiers_are_written_as_they_are_read():
    text = "50 120.00\n100 100.00\n* 80.00"
    assert written(read_tiers(text)) == text


@pytest.mark.parametrize(
    "text", ["", "50 120", "* 80\n50 120", "100 1\n50 2\n* 3", "50 -1\n* 3", "many 120\n* 1", "50"]
)
def test_tiers_that_cannot_be_right_are_refused(text):
    with pytest.raises(FeeError):
        read_tiers(text)
